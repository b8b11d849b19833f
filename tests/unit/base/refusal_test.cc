#include "host/base/refusal.h"

#include <gmock/gmock.h>

#include <system_error>

#include "host/base/error.h"

namespace pebench::base {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

TEST(Refusal, IsASentenceWithPathReasonAndRemedy) {
  EXPECT_EQ(cannot("read", "/x/y", std::make_error_code(std::errc::permission_denied)),
            "cannot read /x/y: Permission denied; choose another path or change its permissions");
  EXPECT_THROW(refuse("read", "/x", std::make_error_code(std::errc::permission_denied)), InputError);
}

TEST(Refusal, ShowsBothEndsOfALongPath) {
  const std::string text = cannot("write", "/begin/" + std::string(4000, 'a') + "/end",
                                  std::make_error_code(std::errc::filename_too_long));
  EXPECT_LT(text.size(), 400u);
  EXPECT_THAT(text, testing::AllOf(HasSubstr("cannot write /begin/aaa"), HasSubstr("aaa/end (4011 bytes): "),
                                   HasSubstr("choose a shorter path")));
}

/// What throws, what must be said, and how the program ends.
template <class Throw>
void expect_ending(Throw call, const std::string& words, int exit_code) {
  try {
    call();
    FAIL() << "nothing was thrown";
  } catch (const std::exception& error) {
    const Refusal ending = refusal_of(error);
    EXPECT_THAT(ending.sentence, HasSubstr(words));
    EXPECT_EQ(ending.exit_code, exit_code) << ending.sentence;
    for (const char* name : {"exception", "filesystem error", "bad_alloc", "internal error"})
      EXPECT_THAT(ending.sentence, Not(HasSubstr(name)));
  }
}

TEST(Refusal, NamesNoException) {
  expect_ending([] { throw InputError("a sentence"); }, "a sentence", 2);
  expect_ending([] { static_cast<void>(fs::file_size("/missing")); },
                "cannot use /missing: No such file or directory", 2);
  expect_ending(
      [] {
        throw fs::filesystem_error("cannot get current path",
                                   std::make_error_code(std::errc::no_such_file_or_directory));
      },
      "the working folder is gone", 2);
  expect_ending([] { throw std::bad_alloc(); }, "there is not enough memory", 2);
  expect_ending(
      [] {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again), "thread");
      },
      "Resource temporarily unavailable", 2);
  expect_ending([] { throw std::logic_error("[json.exception.type_error.316] invalid UTF-8 byte"); },
                "please report it with what you did (invalid UTF-8 byte)", 70);
}

}  // namespace
}  // namespace pebench::base
