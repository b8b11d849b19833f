#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::contract {

/// A number a user, as files beside a record hold them: a byte w, 0 to 4, and w planes of a byte per user,
/// the lowest first, which make unsigned integers; w = 0 stands for zeros.
using Column = std::vector<std::uint32_t>;

void append(const Column& column, std::string& bytes);

/// Numbers that ascend, each only once, as the differences to the one before less 1 (to -1 for the first).
Column differences(const Column& ascending);
/// Its inverse.
Column summed(const Column& differences);

/// Takes columns of `users` numbers off the front of what is left of a file.
class ColumnReader {
 public:
  /// Throws std::runtime_error for more users than a data set can have.
  ColumnReader(std::string_view bytes, std::size_t users);

  /// Throws std::runtime_error where the bytes are no such column.
  Column next();
  /// Throws std::runtime_error if there are bytes left.
  void finish() const;

 private:
  std::string_view taken(std::size_t size);

  std::string_view bytes_;
  std::size_t users_;
};

}  // namespace pebench::contract
