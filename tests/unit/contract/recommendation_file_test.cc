#include "host/contract/recommendation_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/whole_record.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Of three users, the second of whom has two items left to be recommended.
Recommendations example() {
  return {std::string(64, 'a'), 7, {0, 3, 70000}, {{5, 300, 12101}, {1, 2, 3}, {70000, 0, 9}}};
}

TEST(Recommendations, ComeBackFromTheirBytes) {
  const Recommendations back = recommendations_of(bytes_of(example()), "file");
  EXPECT_EQ(back.trial, example().trial);
  EXPECT_EQ(back.epoch, 7);
  EXPECT_EQ(back.users, example().users);
  EXPECT_EQ(back.places, example().places);
  EXPECT_THAT(back.of(0), ElementsAre(5, 1, 70000));
  EXPECT_THAT(back.of(1), ElementsAre(300, 2));
}

TEST(Recommendations, BytesOfAnotherKindAreNamed) {
  const std::string whole = bytes_of(example());
  for (const std::string& bytes :
       {std::string(), std::string("{}\n"), whole.substr(0, whole.size() - 1), whole + "a"})
    EXPECT_THAT(refusal([&] { recommendations_of(bytes, "some/file"); }),
                AllOf(HasSubstr("some/file is no file of recommendations"), HasSubstr("delete")));
  std::string later = whole;
  later.replace(later.find("\"schema\":1"), 10, "\"schema\":2");
  EXPECT_THAT(refusal([&] { recommendations_of(later, "some/file"); }), HasSubstr("another version"));
}

TEST(Recommendations, BelongToTheirRecord) {
  TemporaryFolder temporary;
  const SuiteFolder suite(temporary.path());
  Record record;
  record.identity = {{"seed", 1}};
  record.id = base::sha256(record.identity.dump());
  record.result.recommendations = kept(example());
  EXPECT_EQ(record.result.recommendations->users, 3);
  EXPECT_EQ(record.result.recommendations->places, 3);
  const fs::path file = suite.trial(record.id) / recommendations_file;
  write_recommendations(file, example());
  write_record(suite.record(record.id), record);
  EXPECT_EQ(read_whole_record(suite, record.id).to_json(), record.to_json());
  EXPECT_EQ(read_recommendations(suite.trial(record.id), record)->places, example().places);
  EXPECT_THAT(files_beside(suite.record(record.id), record), ElementsAre(file));
  EXPECT_EQ(read_recommendations(suite.trial(record.id), Record()), std::nullopt) << "a trial that kept none";

  Recommendations other = example();
  std::swap(other.places[0], other.places[1]);
  write_recommendations(file, other);
  EXPECT_THAT(refusal([&] { read_whole_record(suite, record.id); }),
              AllOf(HasSubstr(file.string()), HasSubstr("does not fit the digest")));
  fs::remove(file);
  EXPECT_THROW(read_whole_record(suite, record.id), Damaged);
}

}  // namespace
}  // namespace pebench::contract
