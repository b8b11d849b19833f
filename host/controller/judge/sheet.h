#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::judge {

/// A cell of a table as its file has it.
struct Cell {
  std::string text;
  std::int64_t line = 1;    ///< where it begins, from 1
  std::int64_t column = 1;  ///< likewise, in characters
};

/// A table of texts under a line of names.
struct Sheet {
  std::string file;  ///< as the user wrote it
  std::vector<Cell> header;
  std::vector<std::vector<Cell>> rows;  ///< each as long as the header; a cell that is not there is empty

  std::vector<std::string> names() const;
};

/// Throws base::InputError "results.csv:5:17: <sentence>", the place being the cell's.
[[noreturn]] void refuse(const std::string& file, const Cell& cell, std::string_view sentence);

/// A text as it is shown in a sentence: in quotation marks, and not much longer than a line.
std::string in_quotes(std::string_view text);

/// The words of a list for a sentence, the first ones where there are many: `"a", "b" and 5 more`.
std::string listed(const std::vector<std::string>& words);

}  // namespace pebench::judge
