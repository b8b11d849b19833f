# Writes OUT, a source that holds page.css, page.js and Vega's modules as texts. Each module is CommonJS when it sees
# `exports`; require() gives what came before it. Vega's own index adds the transforms to its table likewise.
function(text_of path result)
  file(READ ${path} text)
  string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(vega "")
if(VEGA)
  set(vega "const vega = (() => {\nconst modules = {}, require = name => modules[name];\n")
  foreach(module IN LISTS MODULES)
    text_of(${VEGA}/vega-${module}.min.js text)
    string(APPEND vega "{ const module = { exports: {} }, exports = module.exports; modules[\"vega-${module}\"] = exports;\n${text}\n}\n")
    if(module STREQUAL "selection")  # which others ask for in the plural
      string(APPEND vega "modules[\"vega-selections\"] = modules[\"vega-selection\"];\n")
    endif()
  endforeach()
  string(APPEND vega "Object.assign(modules[\"vega-dataflow\"].transforms, modules[\"vega-transforms\"], "
                     "modules[\"vega-view-transforms\"], modules[\"vega-encode\"]);\n"
                     "return Object.assign({}, ...Object.values(modules));\n})();\n")
endif()
text_of(${HERE}/page.css style)
text_of(${HERE}/page.js script)
text_of(${HERE}/figures.js figures_script)

set(source "#include \"host/controller/page/embedded.h\"\n\nnamespace pebench::page {\n")
foreach(name style script figures_script vega)
  string(APPEND source "std::string_view ${name}() {\n  static constexpr char text[] = R\"embedded(${${name}})embedded\";\n"
                       "  return {text, sizeof(text) - 1};\n}\n")
endforeach()
file(WRITE ${OUT} "${source}}  // namespace pebench::page\n")
