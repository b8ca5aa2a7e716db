// A text in Markdown is shown beside its field as everybody will see it, when the writer asks for it. The words of the
// button come from the field (`data-preview`), the address of the server from `data-preview-at`.
const show = async (field, output) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ text: field.value, csrfmiddlewaretoken: token });
  const answer = await fetch(field.dataset.previewAt, { method: "POST", body });
  if (!answer.ok) return;
  output.innerHTML = await answer.text(); // made safe by the server (pages/markdown.py)
  output.hidden = false;
};

document.querySelectorAll("textarea[data-preview]").forEach((field) => {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "ap-button nr-preview-button",
    textContent: field.dataset.preview,
  });
  const output = Object.assign(document.createElement("div"), { className: "nr-preview", hidden: true });
  output.setAttribute("role", "status");
  output.lang = field.lang;
  field.after(button, output);
  button.addEventListener("click", () => show(field, output));
});
