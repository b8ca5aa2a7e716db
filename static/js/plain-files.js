// unfold writes the name of a chosen file into a text field that only its own file fields have; plain ones show it
// themselves, and the search for that field would end in an error.
document.addEventListener(
  "change",
  (event) => {
    if (event.target.matches("input[type=file].ap-file")) event.stopPropagation();
  },
  true,
);
