// Every endpoint to read and to try out; the schema is our own, nothing is asked of another host.
"use strict";

const place = document.getElementById("endpoints-browser");

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  deepLinking: false, // the anchors of this page belong to the problems
  validatorUrl: null,
});
