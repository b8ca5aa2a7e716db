// The page of one actor: coordinates from postcode and town, and warnings while it is typed. Without this, the button
// sends the form, and warnings come when it is saved.
const PAUSE = 700; // milliseconds without a key until the registry is asked
const NAMES = ["name", "short_name", "website", "phone", "country", "postcode", "city", "street"];

document.addEventListener("DOMContentLoaded", () => {
  const typing = document.querySelector("#typing");
  const form = document.querySelector("#actor_form");
  if (!form) return;
  const field = (name) => form.elements[name];

  const locate = form.querySelector("[data-locate]");
  locate?.addEventListener("click", async (event) => {
    event.preventDefault();
    const asked = new URLSearchParams(["postcode", "city", "country"].map((name) => [name, field(name).value]));
    const said = await (await fetch(`${locate.dataset.locate}?${asked}`)).json();
    for (const name of ["latitude", "longitude", "location_accuracy"]) {
      if (!(name in said)) continue;
      field(name).value = said[name];
      field(name).dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.querySelector("[data-located]").textContent = said.text;
  });

  if (!typing) return;
  let waiting;
  let asked = "";
  const compare = async () => {
    const said = new URLSearchParams(NAMES.filter((name) => field(name)).map((name) => [name, field(name).value]));
    said.set("own", typing.dataset.own);
    if (String(said) === asked) return;
    asked = String(said);
    const answer = await fetch(`${typing.dataset.likely}?${said}`);
    if (answer.ok && asked === String(said)) typing.innerHTML = await answer.text();
  };
  for (const name of NAMES) {
    field(name)?.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(compare, PAUSE);
    });
  }

  const website = field("website");
  if (!website) return;
  const note = document.createElement("p");
  note.className = "ap-sub";
  note.setAttribute("role", "status");
  (website.closest(".field-website") || website.parentElement).append(note);
  website.addEventListener("change", async () => {
    note.textContent = "";
    const body = new URLSearchParams({ website: website.value, csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
    const address = website.value;
    const answer = await fetch(typing.dataset.website, { method: "POST", body });
    if (!answer.ok || website.value !== address) return;
    const said = await answer.json();
    note.textContent = said.text;
    note.classList.toggle("ap-error", said.is_warning);
  });
});
