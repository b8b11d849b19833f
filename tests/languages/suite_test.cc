// Whole trials with plugins of every language: they end well, the same encoding gives the same numbers in all
// of them, and one that fails is a record with its message.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/e2e/program.h"
#include "tests/languages/alibi_libraries.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

class Languages : public testing::Test {
 protected:
  Languages() { ::setenv("PEBENCH_CACHE", (folder_ / "cache").c_str(), 1); }

  /// Runs tests/e2e/tiny.toml for one seed with these encodings (name -> the lines of its table), and returns
  /// their records.
  std::map<std::string, json> run(const std::map<std::string, std::string>& encodings, int exit_code) const {
    std::string text = read(PEBENCH_SOURCE_DIR "/tests/e2e/tiny.toml");
    text.replace(text.find("count = 2"), 9, "count = 1");
    const auto first = text.find("[[encoding]]"), after = text.find("[limits]");
    std::string tables = "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n\n";
    for (const auto& [name, lines] : encodings)
      tables += "[[encoding]]\nname = \"" + name + "\"\n" + lines + "\n\n";
    text.replace(first, after - first, tables);
    std::ofstream(folder_ / "suite.toml") << text;
    const auto outcome = shell(PEBENCH_PROGRAM " run " + (folder_ / "suite.toml").string() + " --results " +
                               (folder_ / "results").string());
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.output;
    std::printf("%s", outcome.output.c_str());
    std::map<std::string, json> records;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "results"))
      if (entry.path().filename() == "record.json") {
        const auto record = json::parse(read(entry.path()));
        records[record.at("run").at("encoding").get<std::string>()] = record.at("result");
      }
    return records;
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

std::vector<std::string> languages() {
  std::vector<std::string> found;
  std::istringstream names(LANGUAGES);
  for (std::string name; std::getline(names, name, ',');) found.push_back(name);
  return found;
}

std::string plugin(const fs::path& library) { return "plugin = \"" + library.string() + "\""; }

TEST_F(Languages, TheSameEncodingGivesTheSameNumbers) {
  std::map<std::string, std::string> encodings = {{"rope", "plugin = \"rope\""}};
  for (const auto& [id, library] : test::alibi_libraries(ALIBI_FOLDERS)) encodings[id] = plugin(library);
  for (const auto& entry : fs::directory_iterator(LANGUAGE_EXAMPLES))
    if (entry.path().extension() == ".so") encodings[entry.path().stem()] = plugin(entry.path());
  const auto records = run(encodings, 0);
  ASSERT_EQ(records.size(), encodings.size() + 1);

  std::map<std::string, std::string> results;
  for (const auto& [name, record] : records) {
    EXPECT_EQ(record.at("status"), "ok") << name << ": " << record.value("reason", "");
    if (record.at("status") != "ok") continue;
    auto numbers = record;
    for (const char* kept : {"ranks", "recommendations"})
      numbers.at(kept).erase("digest");  // it is over the trial's id too
    results[name] = numbers.dump();
  }
  const std::string& alibi = results.at("alibi");
  int others = 0;
  for (const auto& [name, result] : results) {
    if (name.substr(0, 6) != "alibi_") continue;
    EXPECT_EQ(result, alibi) << name;
    ++others;
  }
  EXPECT_GE(others, 1);
  EXPECT_NE(alibi, results.at("none")) << "an encoding that does nothing would pass as well";
}

TEST_F(Languages, AFailureIsARecordWithItsMessage) {
  std::map<std::string, std::string> encodings;
  for (const auto& language : languages()) {
    const auto probe = plugin(fs::path(LANGUAGE_PROBES) / ("probe_" + language + ".so"));
    for (const char* place : {"input", "backward"})
      encodings[language + "_" + place] =
          probe + "\noptions = { place = \"" + std::string(place) + "\", way = \"panic\" }";
    if (language == "fortran")
      encodings["stops"] = probe + "\noptions = { place = \"bias\", way = \"stop\" }";
  }
  const auto records = run(encodings, 1);
  for (const auto& [name, lines] : encodings) {
    ASSERT_EQ(records.count(name), 1u) << name;
    const auto& record = records.at(name);
    EXPECT_NE(record.at("status"), "ok") << name;
    std::printf("%s: %s: %s\n", name.c_str(), record.at("status").get<std::string>().c_str(),
                record.at("reason").get<std::string>().c_str());
    // ERROR STOP ends the process, of which nobody but the parent hears.
    if (name == "stops") continue;
    EXPECT_THAT(record.at("reason").get<std::string>(),
                HasSubstr("thrown in " + name.substr(name.find('_') + 1)))
        << name;
  }
  EXPECT_EQ(records.at("none").at("status"), "ok");
}

}  // namespace
}  // namespace pebench
