#include "host/contract/check_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::check {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(CheckRequest, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  const Subject subject{"/plugins/rope.so", "rope", {{"base", 1e4}}, {{"table", "/data/table"}}, ~0ULL};
  const Request read = read_request(write_request(folder.path(), {"life.begin", subject}));
  EXPECT_EQ(read.id, "life.begin");
  EXPECT_EQ(read.subject.library, subject.library);
  EXPECT_EQ(read.subject.encoder, subject.encoder);
  EXPECT_EQ(read.subject.options, subject.options);
  EXPECT_EQ(read.subject.files, subject.files);
  EXPECT_EQ(read.subject.seed, subject.seed);
}

TEST(CheckRequest, IsRefusedWithFileAndKey) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "any.json";
  base::write_atomically(file, R"({"id": 7})");
  EXPECT_THAT([&] { read_request(file); },
              ThrowsMessage<base::InputError>(AllOf(HasSubstr(file.string()), HasSubstr("`id`"))));
  base::write_atomically(file, "half a ");
  EXPECT_THAT([&] { read_request(file); }, ThrowsMessage<base::InputError>(HasSubstr("is not JSON")));
}

TEST(Finding, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_finding(folder.path()));
  write_finding(folder.path(), {Outcome::warn, "1 of 2 bytes \xff"});
  const auto read = read_finding(folder.path());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->outcome, Outcome::warn);
  EXPECT_EQ(read->text, "1 of 2 bytes \xef\xbf\xbd");
}

TEST(Finding, IsNoneIfItCannotBeRead) {
  const TemporaryFolder folder;
  write_finding(folder.path(), {});
  const auto file = std::filesystem::directory_iterator(folder.path())->path();
  for (const char* text : {"", "[]", R"({"outcome": "splendid", "text": ""})",
                           R"({"outcome": "pass", "text": 7})", R"({"outcome": "pass"})"}) {
    base::write_atomically(file, text);
    EXPECT_FALSE(read_finding(folder.path())) << text;
  }
}

}  // namespace
}  // namespace pebench::check
