#include "host/contract/user_traits.h"

#include <gmock/gmock.h>

#include <fstream>

#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

const UserTraits traits{{0, 3, 70000}, {3, 12, 50}, {0, 1, 99}, {0, 86400, 4294967295}};

TEST(UserTraits, AreReadAsTheyWereWritten) {
  const TemporaryFolder temporary;
  const auto path = temporary.path() / "users" / "one.bin.gz";
  write_user_traits(path, traits);
  const UserTraits read = read_user_traits(path);
  EXPECT_EQ(read.users, traits.users);
  EXPECT_EQ(read.history, traits.history);
  EXPECT_EQ(read.popularity, traits.popularity);
  EXPECT_EQ(read.gap, traits.gap);
}

TEST(UserTraits, AChangedByteIsTold) {
  const TemporaryFolder temporary;
  const auto path = temporary.path() / "one.bin.gz";
  write_user_traits(path, traits);
  const std::string whole = base::read_file(path);
  for (std::size_t byte = 0; byte < whole.size(); ++byte) {
    std::string changed = whole;
    changed[byte] = static_cast<char>(changed[byte] ^ 0x10);
    std::ofstream(path, std::ios::binary) << changed;
    try {  // in the header of gzip some bits mean nothing
      EXPECT_EQ(bytes_of(read_user_traits(path)), bytes_of(traits)) << byte;
    } catch (const Damaged&) {
    }
  }
  std::ofstream(path, std::ios::binary) << whole.substr(0, whole.size() / 2);
  EXPECT_THROW(read_user_traits(path), Damaged);
}

TEST(UserTraits, AreFoundByDataAndSplitOfARecord) {
  const TemporaryFolder temporary;
  const SuiteFolder folder(temporary.path());
  Record record;
  record.identity = {{"data_hash", "abc"}, {"settings", {{"eval", {{"split", "leave_one_out"}}}}}};
  EXPECT_FALSE(read_user_traits(folder, record)) << "older runs kept none";
  write_user_traits(traits_file(folder, "abc", "leave_one_out"), traits);
  EXPECT_EQ(read_user_traits(folder, record)->users, traits.users);
  record.identity["settings"]["eval"]["split"] = "global_time";
  EXPECT_FALSE(read_user_traits(folder, record));
}

}  // namespace
}  // namespace pebench::contract
