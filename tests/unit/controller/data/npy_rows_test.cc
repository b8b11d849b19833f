#include "host/controller/data/npy_rows.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Npy : public RawData {
 protected:
  Npy() {
    for (const char* name : {"x", "y", "z"}) items_.number(name);
  }

  /// An array as np.save() writes it, format 1.0.
  template <class T>
  std::filesystem::path array(const std::vector<T>& values, const std::string& shape, const std::string& type,
                              const std::string& order = "False") {
    std::string header =
        "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
    header.resize(117, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size());
    bytes += '\0';
    bytes += header;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    return write_file(folder_.path() / "image.npy", bytes);
  }
  std::filesystem::path ids(const std::string& text) { return write_file(folder_.path() / "ids.txt", text); }
  std::string refused(const std::filesystem::path& array, const std::filesystem::path& ids) {
    return refusal([&] { read_vectors({"image", array, ids}, items_); });
  }

  Numbering items_;
};

TEST_F(Npy, RowsGoToTheItemsThatTheTextNames) {
  const auto read =
      read_vectors({"image", array<float>({1, 2, 3, 4, 5, 6}, "(3, 2)", "<f4"), ids("z\nw\nx\n")}, items_);
  EXPECT_THAT(read.note,
              AllOf(HasSubstr("2 of 3 items"), HasSubstr("1 rows are about items without events")));
  Columns columns;
  columns.user_ids = {"u"};
  columns.item_ids = items_.names();
  columns.offsets = {0, 3};
  columns.items = {1, 2, 3};
  columns.times = {1, 2, 3};
  columns.fields = {read.column};
  ASSERT_TRUE(write_columns(out(), columns, {}));
  EXPECT_THAT(numbers(Dataset::open(out(), {"image"}), 0), ElementsAre(0, 0, 5, 6, 0, 0, 1, 2));

  // And they stay when users are drawn or lines are sorted.
  const Columns again = chosen(read_columns(out()), {{0}, {3, 1}, {0, 2}});
  ASSERT_TRUE(write_columns(out("less"), again, {}));
  const auto less = Dataset::open(out("less"), {"image"});
  EXPECT_EQ(less.item_id(1), "z");
  EXPECT_THAT(numbers(less, 0), ElementsAre(0, 0, 1, 2, 5, 6));
}

TEST_F(Npy, SixteenBitsStaySixteenBits) {
  const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x3800};  // 1, -2, 0.5
  const auto read = read_vectors({"image", array(halves, "(3, 1)", "<f2"), ids("x\ny\nz\n")}, items_);
  EXPECT_TRUE(read.column.field.half);
  Columns columns;
  columns.user_ids = {"u"};
  columns.item_ids = items_.names();
  columns.offsets = {0, 1};
  columns.items = {1};
  columns.times = {1};
  columns.fields = {read.column};
  ASSERT_TRUE(write_columns(out(), columns, {}));
  const auto data = Dataset::open(out(), {"image"});
  ASSERT_TRUE(data.dense().front().half);
  EXPECT_EQ(std::memcmp(data.dense().front().values + 2, halves.data(), 6), 0);
  EXPECT_EQ(data.attributes(), 1);
}

TEST_F(Npy, WhatIsNoTableOfNumbersIsRefused) {
  const auto three = ids("x\ny\nz\n");
  EXPECT_THAT(refused(array<double>({1, 2, 3}, "(3, 1)", "<f8"), three),
              AllOf(HasSubstr("'<f8'"), HasSubstr("np.float32")));
  EXPECT_THAT(refused(array<float>({1, 2, 3}, "(3, 1)", "<f4", "True"), three),
              HasSubstr("column by column"));
  EXPECT_THAT(refused(array<float>({1, 2, 3}, "(3,)", "<f4"), three), HasSubstr("no table"));
  EXPECT_THAT(refused(array<float>({1, 2}, "(3, 1)", "<f4"), three), HasSubstr("3 x 1 numbers"));
  EXPECT_THAT(refused(array<float>({}, "(0, 4)", "<f4"), three), HasSubstr("empty"));
  EXPECT_THAT(refused(write_file(folder_.path() / "text.npy", "not an array at all"), three),
              HasSubstr("no array of NumPy"));
  EXPECT_THAT(refused(folder_.path() / "absent.npy", three), HasSubstr("cannot read"));
}

TEST_F(Npy, IdsThatDoNotFitAreRefused) {
  const auto two = array<float>({1, 2}, "(2, 1)", "<f4");
  EXPECT_THAT(refused(two, ids("x\n")), AllOf(HasSubstr("names 1 items"), HasSubstr("has 2 rows")));
  EXPECT_THAT(refused(two, ids("x\nx\n")), HasSubstr("ids.txt:2: item 'x' has a row already"));
  EXPECT_THAT(refused(two, ids("v\nw\n")), HasSubstr("none of its 2 rows"));
  EXPECT_THAT(refused(two, ids("\nx\n")), HasSubstr("ids.txt:1: the line is empty"));
}

TEST_F(Npy, NumbersThatAreNotFiniteAreFoundWhenTheyAreWritten) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto read = read_vectors({"image", array<float>({1, nan}, "(2, 1)", "<f4"), ids("x\ny\n")}, items_);
  Columns columns;
  columns.user_ids = {"u"};
  columns.item_ids = items_.names();
  columns.offsets = {0, 1};
  columns.items = {1};
  columns.times = {1};
  columns.fields = {read.column};
  EXPECT_THAT(refusal([&] { write_columns(out(), columns, {}); }), HasSubstr("row 1 (from 0)"));
  EXPECT_TRUE(std::filesystem::is_empty(out().parent_path())) << "nothing is left behind";
}

}  // namespace
}  // namespace pebench::data
