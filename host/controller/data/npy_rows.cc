#include "host/controller/data/npy_rows.h"

#include <fmt/format.h>

#include <boost/iostreams/device/mapped_file.hpp>
#include <cmath>
#include <cstring>
#include <optional>
#include <regex>
#include <vector>

#include "host/base/error.h"
#include "host/controller/data/field_reader.h"
#include "host/controller/data/lines.h"
#include "host/controller/data/text_file.h"

namespace pebench::data {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr const char* remedy =
    "save it with np.save(FILE, np.ascontiguousarray(x, dtype=np.float32)) or np.float16";

/// Where the numbers of an array begin and what they are.
struct Header {
  std::size_t begin = 0;
  std::int64_t rows = 0, width = 0;
  bool half = false;
};

/// The format is described in numpy.lib.format: magic, version, length of the header in 2 or 4 bytes, and the
/// header, a Python dictionary.
Header header_of(std::string_view bytes, const std::filesystem::path& path) {
  const auto refuse = [&](const std::string& why) {
    throw base::InputError(fmt::format("{}: {}: {}", path.string(), why, remedy));
  };
  if (bytes.size() < 12 || bytes.substr(0, magic.size()) != magic) refuse("this is no array of NumPy");
  const bool long_header = bytes[6] >= 2;
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 8, long_header ? 4 : 2);
  Header header;
  header.begin = (long_header ? 12u : 10u) + std::size_t{length};
  if (header.begin > bytes.size()) refuse("the file is cut short");
  const std::string text(bytes.substr(long_header ? 12 : 10, length));
  static const std::regex type("'descr': *'([^']*)'"), order("'fortran_order': *(True|False)"),
      shape(R"('shape': *\((\d{1,18}), *(\d{1,18}),?\))");
  std::smatch found;
  if (!std::regex_search(text, found, type)) refuse("it holds no plain numbers");
  if (found[1] != "<f2" && found[1] != "<f4")
    refuse(fmt::format("its numbers are of type '{}'", found[1].str()));
  header.half = found[1] == "<f2";
  if (!std::regex_search(text, found, order) || found[1] != "False") refuse("it lies column by column");
  if (!std::regex_search(text, found, shape)) refuse("it is no table of rows and columns");
  header.rows = std::stoll(found[1]);
  header.width = std::stoll(found[2]);
  if (header.rows == 0 || header.width == 0) refuse("it is empty");
  const auto bytes_of_row = row_bytes(header.width, header.half);
  if ((bytes.size() - header.begin) / bytes_of_row != static_cast<std::size_t>(header.rows) ||
      (bytes.size() - header.begin) % bytes_of_row != 0)
    refuse(fmt::format("it should hold {} x {} numbers, and its size is another", header.rows, header.width));
  return header;
}

bool all_finite(std::string_view row, bool half) {
  // Infinities and NaN have all bits of the exponent set.
  if (half) {
    for (std::size_t i = 0; i < row.size(); i += 2) {
      std::uint16_t bits;
      std::memcpy(&bits, row.data() + i, 2);
      if ((bits & 0x7c00u) == 0x7c00u) return false;
    }
    return true;
  }
  for (std::size_t i = 0; i < row.size(); i += 4) {
    float value;
    std::memcpy(&value, row.data() + i, 4);
    if (!std::isfinite(value)) return false;
  }
  return true;
}

class NpyRows : public DenseRows {
 public:
  NpyRows(std::filesystem::path path, std::int64_t items) : path_(std::move(path)), row_of_(items + 1, -1) {
    try {
      file_.open(path_.string());
    } catch (const std::ios_base::failure&) {
      throw base::InputError(
          fmt::format("cannot read {}: check that it is a file that is readable", path_.string()));
    }
    header_ = header_of({file_.data(), file_.size()}, path_);
  }

  const Header& header() const { return header_; }
  /// Whether the item had no row yet.
  bool set(Item item, std::int64_t row) { return std::exchange(row_of_[item], row) < 0; }

  std::string_view row(Item item) const override {
    const std::int64_t row = row_of_[item];
    if (row < 0) return {};
    const auto bytes = row_bytes(header_.width, header_.half);
    const std::string_view numbers(file_.data() + header_.begin + static_cast<std::size_t>(row) * bytes,
                                   bytes);
    if (!all_finite(numbers, header_.half))
      throw base::InputError(
          fmt::format("{}: row {} (from 0) has a number that is not finite: mend it", path_.string(), row));
    return numbers;
  }

 private:
  std::filesystem::path path_;
  boost::iostreams::mapped_file_source file_;
  Header header_;
  std::vector<std::int64_t> row_of_;  // of items; -1 for none
};

}  // namespace

ReadVectors read_vectors(const Vectors& vectors, const Numbering& items) {
  require_field_name(vectors.name, "--vectors");
  auto rows = std::make_shared<NpyRows>(vectors.array, items.count());
  TextFile file(vectors.items);
  Lines lines(file);
  std::int64_t row = 0, known = 0;
  std::string unknown;
  for (std::string_view line; lines.next(line); ++row) {
    if (line.empty())
      throw base::InputError(
          fmt::format("{}:{}: the line is empty: name the item of the row", vectors.items.string(), row + 1));
    const auto number = items.find(line);
    if (!number) {
      if (unknown.empty()) unknown = line;
      continue;
    }
    if (!rows->set(static_cast<Item>(*number + 1), row))
      throw base::InputError(fmt::format("{}:{}: item '{}' has a row already: keep one of them",
                                         vectors.items.string(), row + 1, line));
    ++known;
  }
  const Header& header = rows->header();
  if (row != header.rows)
    throw base::InputError(
        fmt::format("{} names {} items and {} has {} rows: name the item of each row, a line each",
                    vectors.items.string(), row, vectors.array.string(), header.rows));
  if (known == 0)
    throw base::InputError(
        fmt::format("{}: none of its {} rows is about an item of the events, the first is about "
                    "'{}': write the same ids in both, leading zeros included",
                    vectors.items.string(), row, unknown));
  ReadVectors read;
  read.column.field = {vectors.name, false, header.width, header.half};
  read.note =
      fmt::format("{}: {} of {} items have a vector of {} numbers of {} bits in {}", vectors.name, known,
                  items.count(), header.width, header.half ? 16 : 32, vectors.array.filename().string());
  if (row > known)
    read.note += fmt::format("; {} rows are about items without events and are left out", row - known);
  read.column.rows = std::move(rows);
  return read;
}

}  // namespace pebench::data
