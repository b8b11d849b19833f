#include "host/controller/data/python_literal.h"

#include <gtest/gtest.h>

namespace pebench::data {
namespace {

TEST(PythonLiteral, IsReadAsReprWritesIt) {
  EXPECT_EQ(python_literal(R"({u'a': 1, 'b': [2.5, None, True, False], "c": ('x', "it's",)})"),
            nlohmann::json::parse(R"({"a": 1, "b": [2.5, null, true, false], "c": ["x", "it's"]})"));
  EXPECT_EQ(python_literal(R"('It\'s a "thing"\n\t\\ \x41\u00e9\U0001f600')"),
            nlohmann::json("It's a \"thing\"\n\t\\ A\u00e9\U0001f600"));
  EXPECT_EQ(python_literal("-3e2"), nlohmann::json(-300.0));
  EXPECT_EQ(python_literal("12L"), nlohmann::json(12));
  EXPECT_EQ(python_literal("{}"), nlohmann::json::object());
}

TEST(PythonLiteral, NothingElseIs) {
  for (const char* text : {"", "{", "{'a'}", "{'a': }", "[1 2]", "'open", "__import__('os')", "1 + 1",
                           "'a' 'b'", "{'a': nan}", "'\\x4'", "'\\q'"})
    EXPECT_FALSE(python_literal(text)) << text;
  EXPECT_FALSE(python_literal(std::string(100'000, '['))) << "nor what is nested without end";
}

}  // namespace
}  // namespace pebench::data
