// Every endpoint to read and to try out; the schema is our own, nothing is asked of another host.
"use strict";

const place = document.getElementById("endpoints-browser");

// Its own layout brings a second main landmark and a title; the page has both already.
const Endpoints = ({ React, getComponent }) => ({
  components: {
    Endpoints: () => {
      const [Operations, Models] = ["operations", "Models"].map((name) => getComponent(name, true));
      return React.createElement("div", { className: "swagger-ui" }, React.createElement(Operations), React.createElement(Models));
    },
  },
});

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [Endpoints],
  layout: "Endpoints",
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  deepLinking: false, // the anchors of this page belong to the problems
  validatorUrl: null,
});
