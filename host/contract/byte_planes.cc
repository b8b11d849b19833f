#include "host/contract/byte_planes.h"

#include <algorithm>
#include <stdexcept>

namespace pebench::contract {
namespace {

// Columns of zeros have no bytes: a model that ranks every target first leaves a file much shorter than its
// users.
constexpr std::size_t most_users = 100'000'000;

}  // namespace

void append(const Column& column, std::string& bytes) {
  int width = 0;
  const std::uint32_t largest = column.empty() ? 0 : *std::max_element(column.begin(), column.end());
  for (std::uint32_t left = largest; left > 0; left >>= 8) ++width;
  bytes += static_cast<char>(width);
  for (int plane = 0; plane < width; ++plane)
    for (const std::uint32_t value : column) bytes += static_cast<char>(value >> (8 * plane) & 0xff);
}

Column differences(const Column& ascending) {
  Column steps(ascending.size());
  for (std::size_t i = 0; i < ascending.size(); ++i)
    steps[i] = i == 0 ? ascending[0] : ascending[i] - ascending[i - 1] - 1;
  return steps;
}

Column summed(const Column& differences) {
  Column numbers(differences.size());
  for (std::size_t i = 0; i < differences.size(); ++i)
    numbers[i] = i == 0 ? differences[0] : numbers[i - 1] + differences[i] + 1;
  return numbers;
}

ColumnReader::ColumnReader(std::string_view bytes, std::size_t users) : bytes_(bytes), users_(users) {
  if (users > most_users) throw std::runtime_error("it has more users than a data set can have");
}

Column ColumnReader::next() {
  const std::size_t width = static_cast<unsigned char>(taken(1).front());
  if (width > sizeof(std::uint32_t)) throw std::runtime_error("a column is too wide");
  Column column(users_);
  for (std::size_t plane = 0; plane < width; ++plane) {
    const std::string_view values = taken(users_);
    for (std::size_t i = 0; i < users_; ++i)
      column[i] |= static_cast<std::uint32_t>(static_cast<unsigned char>(values[i])) << (8 * plane);
  }
  return column;
}

void ColumnReader::finish() const {
  if (!bytes_.empty()) throw std::runtime_error("it goes on behind its end");
}

std::string_view ColumnReader::taken(std::size_t size) {
  if (bytes_.size() < size) throw std::runtime_error("it is cut short");
  const std::string_view front = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return front;
}

}  // namespace pebench::contract
