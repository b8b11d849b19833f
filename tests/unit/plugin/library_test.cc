// Libraries as they are loaded into this process; those that would take it down are left to describe_test.cc.
#include "host/plugin/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>

#include "host/base/error.h"
#include "host/plugin/stub_host.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plugin {
namespace {

using ::testing::HasSubstr;

std::filesystem::path fault(const std::string& name) {
  return std::filesystem::path(FAULTS) / (name + ".so");
}

std::string refusal_of(const std::filesystem::path& path) {
  try {
    Library::load(path, stub_host());
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(path.string()));
    return error.what();
  }
  return "accepted";
}

TEST(StubHost, OffersEveryOperation) {
  const peb_ops& ops = *stub_host().ops;
  std::vector<void*> slots((sizeof ops - offsetof(peb_ops, status)) / sizeof(void*));
  std::memcpy(slots.data(), &ops.status, slots.size() * sizeof(void*));
  EXPECT_EQ(std::count(slots.begin(), slots.end(), nullptr), 0);
  EXPECT_EQ(ops.full(nullptr, 1.0, nullptr, 0, PEB_F32), 0u);
  EXPECT_NE(ops.status(nullptr), PEB_OK);
}

TEST(Library, OffersItsEncodersById) {
  Library library = Library::load(fault("several"), stub_host());
  EXPECT_EQ(library.encoder("second").id, "second");
  EXPECT_STREQ(library.table("second").id, "second");
  EXPECT_STREQ(library.table("fault").id, "fault");
  EXPECT_NE(library.table("fault").create, nullptr);
  EXPECT_THROW(library.encoder("third"), base::InputError);
}

TEST(Library, RefusesWhatIsNoPlugin) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "text.so") << "not a library";
  EXPECT_THAT(refusal_of(folder.path() / "text.so"), HasSubstr("it cannot be loaded"));
  EXPECT_THAT(refusal_of(folder.path() / "absent.so"), HasSubstr("it cannot be loaded"));
  EXPECT_THAT(refusal_of(fault("missing_symbol")), HasSubstr("does not export peb_plugin_v1"));
}

TEST(Library, RefusesOtherVersions) {
  EXPECT_THAT(refusal_of(fault("newer_major")),
              HasSubstr("version 2 of the plugin interface, this pebench has version 1: update pebench"));
  EXPECT_THAT(refusal_of(fault("newer_minor")), HasSubstr("update pebench"));
}

TEST(Library, RefusesShortStructs) {
  EXPECT_THAT(refusal_of(fault("short_plugin")), HasSubstr("struct_size 16, version 1.0 has 32"));
  EXPECT_THAT(refusal_of(fault("short_encoder")), HasSubstr("struct_size"));
}

TEST(Library, MayRefuseTheHost) { EXPECT_THAT(refusal_of(fault("refuses")), HasSubstr("refuses this host")); }

}  // namespace
}  // namespace pebench::plugin
