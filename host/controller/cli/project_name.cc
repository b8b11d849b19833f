#include "host/controller/cli/project_name.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>
#include <string_view>

#include "host/base/error.h"

namespace pebench::cli {
namespace {

using Words = std::set<std::string_view>;

/// Keywords in small letters (a Python class is called None for "none"), what CMake calls its own targets,
/// and what a project's source takes from pebench under the name that it would have itself.
const std::map<std::string, Words>& reserved_words() {
  static const Words cmake = {"all", "clean", "help", "install", "edit_cache", "rebuild_cache"};
  static const Words c = {"auto",    "break",  "case",     "char",   "const",    "continue", "default",
                          "do",      "double", "else",     "enum",   "extern",   "float",    "for",
                          "goto",    "if",     "inline",   "int",    "long",     "register", "restrict",
                          "return",  "short",  "signed",   "sizeof", "static",   "struct",   "switch",
                          "typedef", "union",  "unsigned", "void",   "volatile", "while"};
  static const Words only_cpp = {
      "alignas",   "alignof",       "and",         "and_eq",       "asm",      "bitand",
      "bitor",     "bool",          "catch",       "class",        "compl",    "concept",
      "consteval", "constexpr",     "constinit",   "const_cast",   "co_await", "co_return",
      "co_yield",  "decltype",      "delete",      "dynamic_cast", "explicit", "export",
      "false",     "friend",        "module",      "import",       "mutable",  "namespace",
      "new",       "noexcept",      "not",         "not_eq",       "nullptr",  "operator",
      "or",        "or_eq",         "private",     "protected",    "public",   "reinterpret_cast",
      "requires",  "static_assert", "static_cast", "template",     "this",     "thread_local",
      "throw",     "true",          "try",         "typeid",       "typename", "using",
      "virtual",   "wchar_t",       "xor",         "xor_eq"};
  static const auto united = [](Words first, const Words& second) {
    first.insert(second.begin(), second.end());
    return first;
  };
  static const std::map<std::string, Words> words = {
      {"c", united(c, cmake)},
      {"cpp", united(united(c, cmake), only_cpp)},
      {"python", {"and",   "as",     "assert", "async",  "await",  "break",    "class", "continue", "def",
                  "del",   "elif",   "else",   "except", "false",  "finally",  "for",   "from",     "global",
                  "if",    "import", "in",     "is",     "lambda", "nonlocal", "not",   "or",       "pass",
                  "raise", "return", "true",   "try",    "while",  "with",     "yield"}},
      {"go", {"break",     "case",        "chan", "cmd",     "const", "continue", "default", "defer",
              "else",      "fallthrough", "for",  "func",    "go",    "goto",     "if",      "import",
              "interface", "internal",    "map",  "package", "range", "return",   "select",  "std",
              "struct",    "switch",      "type", "var",     "vendor"}},
      {"rust",
       {"abstract", "as",       "async",  "await",   "become", "box",   "break",    "build",    "config",
        "const",    "continue", "crate",  "do",      "dyn",    "else",  "encoder",  "enum",     "extern",
        "false",    "final",    "fn",     "for",     "if",     "impl",  "in",       "info",     "input",
        "let",      "loop",     "macro",  "match",   "mod",    "move",  "mut",      "override", "parameter",
        "priv",     "pub",      "ref",    "result",  "return", "self",  "sequence", "setting",  "static",
        "struct",   "super",    "tensor", "trait",   "true",   "try",   "type",     "typeof",   "unsafe",
        "unsized",  "use",      "values", "virtual", "where",  "while", "yield"}},
      {"fortran",
       {"build",     "callback", "concat", "config",    "create", "custom",    "einsum", "embedding",
        "encoder",   "host",     "input",  "operation", "option", "parameter", "pass",   "plugin",
        "plugin_of", "sequence", "site",   "stack",     "tensor", "values",    "wanted"}},
  };
  return words;
}

std::string keeper_of(const std::string& name, const std::string& language) {
  if (name == "none") return "the suites, whose baseline has it";
  if (name == "peb" || name.rfind("peb_", 0) == 0 || name.rfind("pebench", 0) == 0) return "pebench";
  const auto words = reserved_words().find(language);
  return words != reserved_words().end() && words->second.count(name) != 0 ? language : "";
}

}  // namespace

void check_project_name(const std::string& name, const std::string& language) {
  if (!std::regex_match(name, std::regex("[a-z][a-z0-9_]{0,59}")))
    throw base::InputError(
        fmt::format("the name \"{:.80}\" will not do: write a small letter, then small letters, digits "
                    "and _, at most 60, such as my_encoding",
                    name));
  if (const std::string keeper = keeper_of(name, language); !keeper.empty())
    throw base::InputError(
        fmt::format("the name \"{}\" is kept for {}; choose another, such as my_encoding", name, keeper));
}

}  // namespace pebench::cli
