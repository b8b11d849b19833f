#pragma once

#include <string>
#include <string_view>

#include "host/controller/report/document.h"

namespace pebench::page {

/// Text as it stands between tags and in attributes.
std::string escaped(std::string_view text);

/// A table that scrolls by itself where it is wider than the page.
std::string html_of(const report::TableBlock& table);

/// All blocks but figures, which a page draws as charts; `level` is that of the document's headings, 2 to 6.
std::string html_of(const report::Document& document, int level);

}  // namespace pebench::page
