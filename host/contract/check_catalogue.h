#pragma once

#include <chrono>
#include <string_view>
#include <vector>

namespace pebench::check {

enum class Outcome { pass, warn, fail, crash, timeout, skip };

/// "pass", "warn", "fail", "crash", "timeout", "skip"
std::string_view name_of(Outcome outcome);
/// The other way round. Throws std::invalid_argument for any other word.
Outcome outcome_of(std::string_view name);

/// What a check looks at: the library as a whole, or each of its encoders.
enum class About { library, encoder };

/// One check as data. The id, "<group>.<name>", is for good: continuous integration of plugin authors names
/// it.
struct Row {
  std::string_view id;
  std::string_view sentence;   ///< what holds when the check passes
  std::chrono::seconds limit;  ///< for the process that runs it
  About about = About::encoder;
};

/// All checks, in the order in which they are shown: groups library, life, numbers, meaning.
const std::vector<Row>& catalogue();

/// "library" of "library.loads"
std::string_view group_of(std::string_view id);

/// The parts of the catalogue, one file per group.
std::vector<Row> library_rows();
std::vector<Row> life_rows();
std::vector<Row> numbers_rows();
std::vector<Row> meaning_rows();

}  // namespace pebench::check
