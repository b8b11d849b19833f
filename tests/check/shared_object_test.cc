#include "host/worker/check/shared_object.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "host/base/error.h"
#include "host/base/file.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::check {
namespace {

TEST(SharedObject, HasWhatTheLinkerPutIn) {
  const SharedObject object = read_shared_object(PEBENCH_WRONG);
  EXPECT_EQ(object.exported, std::vector<std::string>{"peb_plugin_v1"});
  EXPECT_TRUE(object.unique.empty());
  bool needs_c = false;
  for (const auto& library : object.needed) needs_c = needs_c || library == "libc.so.6";
  EXPECT_TRUE(needs_c);
}

TEST(SharedObject, IsRefusedWhenItIsNone) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "text.so";
  base::write_atomically(path,
                         "a text, and no library at all, which is long enough to hold the header of one");
  EXPECT_THROW(read_shared_object(path), base::InputError);
}

TEST(SharedObject, IsRefusedWhereverItIsCutOff) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "cut.so";
  const std::string whole = base::read_file(PEBENCH_WRONG);
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 50) {
    base::write_atomically(path, whole.substr(0, size));  // the section headers stand at the end
    EXPECT_THROW(read_shared_object(path), base::InputError) << size;
  }
}

}  // namespace
}  // namespace pebench::check
