// A page in a frame of another site, whose sandbox may forbid forms and new windows. The host is told how high the page
// is and which link was chosen: in the words of WordPress, which opens a link of the portal for its frame.
(() => {
  const secret = new URLSearchParams(location.hash.replace(/^#\??/, "")).get("secret") ?? "";
  const tell = (message, value) => parent.postMessage({ message, value, secret }, "*");
  const isSealed = self.origin === "null"; // no form is sent from a sandbox, no window opened

  if (parent === self) return;
  new ResizeObserver(() => tell("height", document.documentElement.offsetHeight)).observe(document.documentElement);
  if (!isSealed) return;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.target !== "_self") tell("link", link.href);
  });
  const form = document.querySelector("form");
  const send = (event) => {
    event.preventDefault();
    location.assign(`?${new URLSearchParams(new FormData(form))}${location.hash}`);
  };
  form?.querySelector("button").addEventListener("click", send);
  form?.querySelector("#q").addEventListener("keydown", (event) => event.key === "Enter" && send(event));
})();
