#include "host/controller/judge/claims.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <set>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/nearest.h"
#include "host/controller/claims/observations.h"
#include "host/controller/claims/parser.h"
#include "host/controller/suite/section.h"
#include "host/controller/suite/value.h"

namespace pebench::judge {
namespace {

void check_word(const char* what, const std::string& word, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) == known.end())
    throw base::InputError(fmt::format("there is no {} \"{}\"; {}", what, word, base::remedy(word, known)));
}

std::set<std::string> metrics_read(const claims::Sentence& sentence, const std::string& metric) {
  try {
    return claims::metrics_of(sentence, metric);
  } catch (const base::InputError&) {
    throw base::InputError(fmt::format(
        "hr and ndcg ask for metrics named like test.full.ndcg@10, and this claim is about \"{}\"; "
        "write mean(...) and give the claim its metric",
        metric));
  }
}

void check(const results::LockedClaim& claim, const Vocabulary& known) {
  check_word("metric", claim.metric, known.metrics);
  if (claim.dataset) check_word("data set", *claim.dataset, known.datasets);
  for (const std::string& metric : metrics_read(claims::parse(claim.test, known.encodings), claim.metric))
    check_word("metric", metric, known.metrics);
}

results::LockedClaim read_claim(suite::Section from, const Vocabulary& known) {
  results::LockedClaim claim;
  claim.text = from.text("text");
  claim.test = from.text("test");
  claim.metric = from.has("metric") ? from.text("metric") : known.primary;
  if (from.has("dataset")) claim.dataset = from.text("dataset");
  const suite::Section sweep = from.table("sweep");
  for (const auto& [setting, value] : sweep.entries()) {
    const auto label = suite::json_of(*value);
    if (!label)
      suite::refuse(
          suite::place_of(*value, sweep.place().file),
          fmt::format("claim.sweep: \"{}\" has a value that no --split column can hold; write a number "
                      "or a text",
                      setting));
    claim.sweep[setting] = *label;
  }
  from.finish();
  try {
    check(claim, known);
  } catch (const base::InputError& error) {
    suite::refuse(from.place("test"), fmt::format("claim \"{}\": {}", claim.text, error.what()));
  }
  return claim;
}

std::vector<results::LockedClaim> read_file(const std::string& file, const Vocabulary& known) {
  toml::table table;
  const std::string text = base::read_file(file);
  try {
    table = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    suite::refuse({file, begin.line, begin.column}, fmt::format("this is not TOML: {}", error.description()));
  }
  // It may be a suite, whose other tables are of no account here.
  suite::Section root("", &table, {file, 1, 1});
  std::vector<results::LockedClaim> read;
  for (const suite::Section& claim : root.tables("claim")) read.push_back(read_claim(claim, known));
  if (read.empty())
    throw base::InputError(
        fmt::format("{} has no [[claim]]; write one as in a suite, with text and test", file));
  return read;
}

}  // namespace

std::vector<results::LockedClaim> read_claims(const Question& question, const Vocabulary& known) {
  std::vector<results::LockedClaim> read;
  if (question.claims_file) read = read_file(*question.claims_file, known);
  for (const std::string& test : question.claims) {
    results::LockedClaim claim;
    claim.text = claim.test = test;
    claim.metric = known.primary;
    try {
      check(claim, known);
    } catch (const base::InputError& error) {
      throw base::InputError(fmt::format("--claim: {}", error.what()));
    }
    read.push_back(std::move(claim));
  }
  return read;
}

}  // namespace pebench::judge
