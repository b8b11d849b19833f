// node figures.js VEGA CONFIG FILE...: draws each NAME.vega.json as NAME.svg beside it.
"use strict";
const fs = require("fs");
const [library, config, ...files] = process.argv.slice(2);
const vega = new Function(fs.readFileSync(library, "utf8") + "\nreturn vega;")();
const settings = JSON.parse(fs.readFileSync(config, "utf8"));
const draw = async file => {
  const specification = JSON.parse(fs.readFileSync(file, "utf8"));
  const view = new vega.View(vega.parse(specification, settings), { renderer: "none" });
  fs.writeFileSync(file.replace(/\.vega\.json$/, ".svg"), await view.toSVG());
};
Promise.all(files.map(draw)).catch(error => { console.error(error.message); process.exit(1); });
