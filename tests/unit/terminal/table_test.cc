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

TEST(Table, FoldsWhatIsWiderThanTheTerminal) {
  Table table({{"encoding", Table::Align::left}, {"first"}, {"second"}, {"a very long title"}});
  table.add_row({"none", "1", "2", "3"});
  EXPECT_EQ(table.text(false, 25),
            "  encoding  first  second\n"
            "  none          1       2\n"
            "\n"
            "  encoding  a very long title\n"
            "  none                      3\n")
      << "one column has room beside the first, however narrow the terminal is";
  EXPECT_EQ(table.text(false, 44), table.text(false)) << "it just fits";
  EXPECT_EQ(table.text(false, 43).find("a very long title"), table.text(false, 25).find("a very long title"));
}

TEST(Table, WidthsIgnoreStyles) {
  Table table({{"a"}});
  table.add_row({"10"}, Table::Style::red);
  EXPECT_EQ(table.text(true), "\x1b[1m   a\x1b[0m\n\x1b[31m  10\x1b[0m\n");
}

}  // namespace
}  // namespace pebench::terminal
