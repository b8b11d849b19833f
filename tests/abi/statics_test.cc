#include <gtest/gtest.h>

#include "recording_host.h"

namespace pebench::abi_test {
namespace {

/// The parameter that a new instance of the library's only encoder declares.
std::string declared_by(const peb_plugin* plugin, const peb_host& host) {
  const peb_encoder* encoder = plugin->encoders[0];
  peb_build build;
  const peb_config config{sizeof(peb_config), 1, 1, 1, 2, 2, 3, 4};
  void* self = nullptr;
  EXPECT_EQ(encoder->create(&host, &build, &config, nullptr, &self), PEB_OK);
  encoder->destroy(self);
  return build.declared.at(0);
}

TEST(Statics, TwoLibrariesWithOneClassNameKeepTheirOwn) {
  const peb_host host = recording_host();
  const peb_plugin* first = entry_of(STATICS_FIRST)(&host);
  const peb_plugin* second = entry_of(STATICS_SECOND)(&host);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_STREQ(first->encoders[0]->id, "first");
  EXPECT_STREQ(second->encoders[0]->id, "second");
  EXPECT_EQ(declared_by(first, host), "instance.1 [1] 1 0 0 0");
  EXPECT_EQ(declared_by(first, host), "instance.2 [1] 1 0 0 0");
  EXPECT_EQ(declared_by(second, host), "instance.1 [1] 1 0 0 0");
}

}  // namespace
}  // namespace pebench::abi_test
