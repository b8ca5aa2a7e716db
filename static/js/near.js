// "Near me": the position is asked for when the button is pressed, and leaves the device rounded to about a kilometre.
(() => {
  const DIGITS = 2; // of a degree
  const SECONDS = 1000;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-near-me]");
    if (!button) return;
    const say = document.querySelector("[data-near-status]");
    if (!navigator.geolocation) return void (say.textContent = button.dataset.failed);
    say.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say.textContent = "";
        const field = document.getElementById("near");
        field.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(DIGITS)).join(",");
        field.form.requestSubmit();
      },
      () => { say.textContent = button.dataset.failed; },
      { timeout: 15 * SECONDS, maximumAge: 600 * SECONDS },
    );
  });
})();
