#include "host/controller/data/export.h"

#include <gmock/gmock.h>

#include <cmath>

#include "host/controller/data/export_tables.h"
#include "host/controller/data/same_columns.h"
#include "host/controller/data/selection.h"
#include "host/controller/data/synthetic.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Reading as the arguments of an import say.
ReadFiles read_again(const std::filesystem::path& folder, const Exported& exported) {
  std::vector<GivenFile> files;
  Reading reading;
  for (const ImportArgument& argument : exported.arguments) {
    if (argument.option.empty()) files.push_back({folder / argument.file});
    if (argument.option == "--time-unit") reading.time_unit = argument.value;
    if (argument.option == "--columns") reading.columns = NamedColumns{"user", "item", "timestamp", {}};
  }
  return read_files(files, reading);
}

class Export : public RawData {
 protected:
  std::string text(const std::filesystem::path& path) const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Names of the files after a look that the same hash comes back in each format.
  void expect_round_trip(const Columns& columns, const std::string& what) {
    std::vector<std::string> names;
    for (const FieldColumn& field : columns.fields) names.push_back(field.field.name);
    const auto original = out(what);
    ASSERT_TRUE(write_columns(original, columns, {}));
    for (const auto format : {ExportFormat::recbole, ExportFormat::csv, ExportFormat::tsv}) {
      const auto to = out(what + std::to_string(static_cast<int>(format)));
      const auto exported = export_to(to, read_columns(original), format);
      EXPECT_EQ(exported.files.size(),
                static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(to), {})));
      if (!columns.event_fields.empty()) continue;  // which export_to() itself has compared
      const auto again = out(what + "again" + std::to_string(static_cast<int>(format)));
      ASSERT_TRUE(write_columns(again, read_again(to, exported).columns, {}));
      EXPECT_EQ(Dataset::open(again, names).hash(), Dataset::open(original, names).hash()) << to;
    }
  }
};

TEST_F(Export, GeneratedDataComesBack) {
  // Of 400 items some are met by nobody, and the first user does not begin with the first.
  expect_round_trip(synthesise({"position", 40, 400, 3}), "generated");
}

TEST_F(Export, OddNamesFieldsAndTimesComeBack) {
  import(
      header +
          "z,o\"e\tpen, \"blue\"\t300\n007\tink\t-50\nz,o\"e\t 7 \t100\nz,o\"e\t7\t300\n"
          "user\t\xE2\x98\x95\t5\n7\tpen, \"blue\"\t5\n7\tink\t5\n",
      "{\"item\": \"ink\", \"tags\": [\"b\", \"a\"], \"brand\": \"A,\\\"B\", \"price\": 0.1, \"v\": [1, "
      "0.30000001]}\n"
      "{\"item\": \"7\", \"tags\": [\"c\"], \"code\": [3, 17], \"price\": 16777217, \"v\": [1e-30, -2]}\n");
  expect_round_trip(read_columns(out()), "odd");
}

TEST_F(Export, WordsThatNobodyHasComeBack) {
  Columns columns = synthesise({"none", 20, 30, 1});
  columns.fields[0].vocabulary.insert(columns.fields[0].vocabulary.begin(), "unused");
  ++columns.fields[0].field.width;
  for (auto& id : columns.fields[0].ids) ++id;
  expect_round_trip(columns, "unused");
}

TEST_F(Export, FeaturesOfEventsComeBack) {
  Columns columns = read_columns((import(header + "a\tx\t9\na\ty\t9\nb\tx\t10\n"), out()));
  columns.event_fields.push_back({{"rating", false, 1}, {}, {}, {0.1f, std::nanf(""), 5}});
  columns.event_fields.push_back({{"place", true, 2}, {1, -1, 0}, {"home", "the \"shop\""}, {}});
  expect_round_trip(columns, "features");
}

TEST_F(Export, GivenNegativesComeBack) {
  Columns columns = read_columns((import(header + "a\tx\t9\na\ty\t9\nb\tx\t10\n"), out()));
  columns.item_ids.emplace_back("nobody's");
  columns.event_fields.push_back(
      {{negatives_feature, true, 2}, {1, -1, 0}, {R"(["y","nobody's"])", R"(["y"])"}, {}});
  expect_round_trip(columns, "negatives");
}

TEST_F(Export, PartsComeBackAndWhatOfNegativesARecipeLeaves) {
  Columns columns = read_columns((import(header + "a\tx\t9\na\ty\t9\nb\tz\t10\nb\tx\t11\n"), out()));
  columns.event_fields.push_back({{part_feature, true, 2}, {0, 1, 0, 1}, {"train", "test"}, {}});
  columns.event_fields.push_back(
      {{negatives_feature, true, 2}, {-1, 0, -1, 1}, {R"(["z"])", R"(["y"])"}, {}});
  const Columns left = selected(columns, {true, true, false, false});
  EXPECT_THAT(left.item_ids, ElementsAre("x", "y", "z")) << "whose events are gone, but who competes";
  expect_round_trip(columns, "parts");
  expect_round_trip(left, "left");
}

TEST_F(Export, ArraysStayArrays) {
  Columns columns = read_columns((import(header + "a\tx\t9\na\ty\t9\n"), out()));
  FieldColumn image;
  image.field = {"image", false, 100};
  image.values.resize(300);
  for (std::size_t i = 100; i < 300; ++i) image.values[i] = 1.0f / static_cast<float>(i);
  columns.fields.push_back(image);
  const auto exported = export_to(out("arrays"), columns, ExportFormat::recbole);
  EXPECT_THAT(exported.files, ElementsAre("arrays.inter", "image.npy", "vector_items.txt"));
  EXPECT_EQ(text(out("arrays") / "image.npy").size(), 128u + 2 * 100 * 4);
}

TEST_F(Export, RecbolesFilesAreTyped) {
  import(header + "a\tx\t1400000000\na\ty\t1400000001\n",
         "{\"item\": \"x\", \"brand\": \"Blue Sky\", \"tags\": [\"a\", \"b\"], \"price\": 2.5, \"v\": [1.5, "
         "2]}\n");
  export_to(out("films"), read_columns(out()), ExportFormat::recbole);
  EXPECT_EQ(text(out("films") / "films.inter"),
            "user_id:token\titem_id:token\ttimestamp:float\na\tx\t1400000000\na\ty\t1400000001\n");
  EXPECT_EQ(text(out("films") / "films.item"),
            "item_id:token\tbrand:token\tprice:float\ttags:token_seq\tv:float_seq\n"
            "x\tBlue Sky\t2.5\ta b\t1.5 2\ny\t\t0\t\t0 0\n");
}

TEST_F(Export, RefusesWhatAFormatCannotHoldAndLeavesNothing) {
  Columns columns = read_columns(
      (import(header + "a\tx\t9\nb\ty\t9\n", "{\"item\": \"x\", \"tags\": [\"a b\", \"c\"]}\n"), out()));
  const auto refused = [&](ExportFormat format) {
    const auto message = refusal([&] { export_to(out("to"), columns, format); });
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(out().parent_path()), {}), 1) << message;
    return message;
  };
  EXPECT_THAT(refused(ExportFormat::recbole), AllOf(HasSubstr("tags"), HasSubstr("--format csv")));
  columns.user_ids[1] = "b\tc";
  EXPECT_THAT(refused(ExportFormat::tsv), AllOf(HasSubstr("has a tab"), HasSubstr("--format csv")));
  export_to(out("to"), columns, ExportFormat::csv);
  EXPECT_THAT(refusal([&] { export_to(out("to"), columns, ExportFormat::csv); }),
              HasSubstr("exists already"));
}

TEST(NumberText, IsTheShortestThatComesBack) {
  EXPECT_EQ(number_text(0.1f), "0.1");
  EXPECT_EQ(number_text(16777216.0f), "16777216");
  base::Stream stream(1, "synthetic", "numbers");
  for (int i = 0; i < 100'000; ++i) {
    std::uint32_t bits = stream();
    float number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (!std::isfinite(number)) continue;
    const auto text = number_text(number);
    ASSERT_EQ(static_cast<float>(std::strtod(text.c_str(), nullptr)), number) << text;
  }
}

}  // namespace
}  // namespace pebench::data
