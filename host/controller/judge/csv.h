#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/controller/judge/sheet.h"

namespace pebench::judge {

/// Reads comma-separated values as RFC 4180 has them: a line of names, fields in quotation marks may hold the
/// delimiter, line breaks and doubled quotation marks. Lines end in LF, CRLF or CR; a byte order mark, blanks
/// around fields that are not in quotation marks, and rows with nothing in them are passed over. The
/// delimiter, where it is not given, is that of comma, semicolon and tab which the line of names has most of.
///
/// Throws base::InputError with file, line and column for a quotation without an end, text behind one, a row
/// that is shorter or longer than the line of names, a name that is there twice, and for text that is not
/// UTF-8's kin (UTF-16, binary).
Sheet read_csv(std::string_view text, const std::string& file, std::optional<char> delimiter);

}  // namespace pebench::judge
