#include "host/contract/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class DocumentFile : public ::testing::Test {
 protected:
  fs::path file() const { return temporary_.path() / "document.json"; }
  void write(const std::string& text) const { std::ofstream(file()) << text; }

  TemporaryFolder temporary_;
  const nlohmann::json example_ = {
      {"schema", 3}, {"loss", 0.1 + 0.2}, {"tiny", -1e-300}, {"zero", -0.0}, {"list", {1, "two", nullptr}}};
};

TEST_F(DocumentFile, ComesBackSealed) {
  write_document(file(), example_);
  const Document back = read_document(file());
  EXPECT_TRUE(back.sealed);
  EXPECT_EQ(back.json.dump(), example_.dump());
  EXPECT_EQ(nlohmann::json::parse(base::read_file(file())).at("digest").get<std::string>().size(), 64u);
}

TEST_F(DocumentFile, IsSealedWithWhatIsWrittenInPlaceOfWhatJsonLacks) {
  write_document(file(), {{"nan", std::nan("")}, {"text", "\xff"}});
  const Document back = read_document(file());
  EXPECT_TRUE(back.json.at("nan").is_null());
  EXPECT_EQ(back.json.at("text"), "\xEF\xBF\xBD");
}

TEST_F(DocumentFile, OneOfAnOlderVersionHasNoSeal) {
  write("{\"schema\": 2}");
  EXPECT_FALSE(read_document(file()).sealed);
}

TEST_F(DocumentFile, BlanksAndOrderAreNotSealed) {
  write_document(file(), {{"a", 1}, {"b", 2}});
  write(nlohmann::json::parse(base::read_file(file())).dump(7));
  EXPECT_TRUE(read_document(file()).sealed);
}

TEST_F(DocumentFile, EverySingleBitCounts) {
  write_document(file(), example_);
  const std::string whole = base::read_file(file());
  int accepted = 0;
  for (std::size_t byte = 0; byte < whole.size(); ++byte)
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = whole;
      flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << bit));
      write(flipped);
      try {
        // The key itself may be hit: then there is one key more, which no strict reader takes.
        const Document read = read_document(file());
        EXPECT_EQ(read.json.size(), example_.size() + (read.sealed ? 0 : 1)) << byte << ", " << bit;
        if (read.sealed) {
          EXPECT_EQ(read.json.dump(), example_.dump());
        }
        ++accepted;
      } catch (const Damaged&) {
      }
    }
  EXPECT_LT(accepted, 60) << "of " << 8 * whole.size();
}

TEST_F(DocumentFile, WhatIsDamagedIsNamed) {
  const auto said = [&] { return refusal([&] { read_document(file()); }); };
  for (const char* text :
       {"", "{", "{\"a\": 1e999}", "[1]", "3", "{\"a\": 1, \"digest\": \"00\"}", "{\"digest\": 5}"}) {
    write(text);
    EXPECT_THAT(said(), AllOf(HasSubstr(file().string()), HasSubstr("delete it"))) << text;
  }
  fs::remove(file());
  EXPECT_THAT(said(), HasSubstr("cannot read"));
}

}  // namespace
}  // namespace pebench::contract
