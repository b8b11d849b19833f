#include "host/base/gzip.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pebench::base {
namespace {

std::string long_text() {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += static_cast<char>(static_cast<unsigned>(i) * static_cast<unsigned>(i) % 251);
  return text;
}

TEST(Gzip, ComesBack) {
  for (const std::string& bytes : {std::string(), std::string("a\0b", 3), long_text()})
    EXPECT_EQ(gunzip(gzip(bytes)), bytes);
  EXPECT_LT(gzip(std::string(100'000, '\0')).size(), 200u);
}

TEST(Gzip, TheSameBytesGiveTheSameFile) { EXPECT_EQ(gzip(long_text()), gzip(long_text())); }

TEST(Gzip, ADamagedFileIsToldFromAWholeOne) {
  const std::string whole = gzip(long_text());
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1})
    EXPECT_THROW(gunzip(whole.substr(0, size)), std::runtime_error) << size << " bytes";
  std::string flipped = whole;
  flipped[whole.size() / 2] ^= 4;
  EXPECT_THROW(gunzip(flipped), std::runtime_error);
  EXPECT_THROW(gunzip("no gzip file"), std::runtime_error);
  EXPECT_THROW(gunzip(whole + "more"), std::runtime_error);
}

}  // namespace
}  // namespace pebench::base
