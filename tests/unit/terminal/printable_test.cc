#include "host/terminal/printable.h"

#include <gtest/gtest.h>

namespace pebench::terminal {
namespace {

TEST(Printable, ShowsControlCharactersAsTheirNumbers) {
  EXPECT_EQ(printable("\x1b[31mred\x1b]0;title\x07\x7f"), "\\x1b[31mred\\x1b]0;title\\x07\\x7f");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("two\tcells\nand a line, caf\xc3\xa9"), "two\tcells\nand a line, caf\xc3\xa9");
}

}  // namespace
}  // namespace pebench::terminal
