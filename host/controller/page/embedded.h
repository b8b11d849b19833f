#pragma once

#include <string_view>

namespace pebench::page {

/// Files that a page carries with it, made a part of the program when it is built.
std::string_view style();           ///< page.css
std::string_view script();          ///< page.js
std::string_view figures_script();  ///< figures.js, for node
std::string_view vega();  ///< Vega's runtime, `vega` in the page; empty where Debian's libjs-vega was absent

}  // namespace pebench::page
