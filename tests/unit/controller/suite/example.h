#pragma once

#include <string>

namespace pebench::suite {

/// A suite with the given tables; without [seeds], [[dataset]] or [[encoding]] of its own it gets some.
inline std::string with(const std::string& tables) {
  std::string text = "schema = 1\n[suite]\nname = \"example\"\nbaseline = \"none\"\n" + tables + "\n";
  auto lacks = [&](const char* header) { return text.find(header) == std::string::npos; };
  if (lacks("[seeds]")) text += "[seeds]\nbase = 7\ncount = 3\n";
  if (lacks("[[dataset]]")) text += "[[dataset]]\nname = \"beauty\"\npath = \"amazon_beauty\"\n";
  if (lacks("[[encoding]]")) text += "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n";
  return text;
}

}  // namespace pebench::suite
