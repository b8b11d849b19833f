#include "host/controller/suite/units.h"

#include <gtest/gtest.h>

#include "host/base/error.h"

namespace pebench::suite {
namespace {

TEST(Duration, HasFourUnits) {
  EXPECT_EQ(parse_duration("90s").count(), 90);
  EXPECT_EQ(parse_duration("5 m").count(), 300);
  EXPECT_EQ(parse_duration("6h").count(), 21600);
  EXPECT_EQ(parse_duration("2d").count(), 172800);
}

TEST(Duration, RefusesTheRest) {
  for (const char* text : {"", "h", "6", "-1h", "0s", "1.5h", "6hh", "9223372036854775807d"})
    EXPECT_THROW(parse_duration(text), base::InputError) << text;
}

TEST(Bytes, AreBinaryOrDecimal) {
  EXPECT_EQ(parse_bytes("8GiB"), std::int64_t{8} << 30);
  EXPECT_EQ(parse_bytes("512 MiB"), std::int64_t{512} << 20);
  EXPECT_EQ(parse_bytes("2GB"), 2'000'000'000);
}

TEST(Bytes, RefuseTheRest) {
  for (const char* text : {"", "8", "8G", "GiB", "8gib"})
    EXPECT_THROW(parse_bytes(text), base::InputError) << text;
}

}  // namespace
}  // namespace pebench::suite
