#include "host/terminal/table.h"

#include <gtest/gtest.h>

namespace pebench::terminal {
namespace {

TEST(Table, AlignsByCharactersNotBytes) {
  Table table({{"name", Table::Align::left}, {"value"}});
  table.add_row({"a", "1 ± 2"});
  table.add_row({"número", "10 ± 2"});
  EXPECT_EQ(table.text(false),
            "  name     value\n"
            "  a        1 ± 2\n"
            "  número  10 ± 2\n");
}

TEST(Table, FillsUpShortRowsAndTrimsLineEnds) {
  Table table({{"a", Table::Align::left}, {"wide title"}});
  table.add_row({"x"});
  EXPECT_EQ(table.text(false), "  a  wide title\n  x\n");
}

TEST(Table, WidthsIgnoreStyles) {
  Table table({{"a"}});
  table.add_row({"10"}, Table::Style::red);
  EXPECT_EQ(table.text(true), "\x1b[1m   a\x1b[0m\n\x1b[31m  10\x1b[0m\n");
}

}  // namespace
}  // namespace pebench::terminal
