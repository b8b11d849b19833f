#include "host/controller/judge/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/controller/judge/claims.h"
#include "host/controller/judge/number.h"
#include "host/controller/judge/sheet.h"

namespace pebench::judge {
namespace {

using Words = std::vector<std::string>;

bool is_in(const std::string& word, const Words& known) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

void check_word(const char* option, const char* what, const std::string& word, const Words& known) {
  if (!is_in(word, known))
    throw base::InputError(fmt::format("{} {}: there is no such {}; {}", option, in_quotes(word), what,
                                       base::remedy(word, known)));
}

Vocabulary vocabulary_of(const report::Study& study) {
  Vocabulary known;
  known.metrics = study.origin->metrics;
  for (const report::TrialTable& table : study.tables) {
    if (!is_in(table.dataset, known.datasets)) known.datasets.push_back(table.dataset);
    for (const report::EncodingTrials& trials : table.encodings)
      if (!is_in(trials.encoding, known.encodings)) known.encodings.push_back(trials.encoding);
  }
  return known;
}

std::string baseline_of(const Question& question, const Words& encodings) {
  if (question.baseline) {
    check_word("--baseline", "encoding", *question.baseline, encodings);
    return *question.baseline;
  }
  for (const char* name : {"none", "baseline"})
    if (is_in(name, encodings)) return name;
  return encodings.front();
}

void set_chance(const std::string& name, double value, const Words& metrics, report::Study& study) {
  bool found = false;
  for (report::TrialTable& table : study.tables) {
    const std::string here = table.dataset + ":";
    std::string metric = name;
    if (!is_in(name, metrics) && name.substr(0, here.size()) == here) metric = name.substr(here.size());
    if (!is_in(metric, metrics)) continue;
    found = true;
    for (report::EncodingTrials& trials : table.encodings)
      for (auto& record : trials.records)
        if (record) record->result.chance[metric] = value;
  }
  if (!found) check_word("--chance", "metric", name, metrics);
}

void set_chance(const std::string& text, const Words& metrics, report::Study& study) {
  const std::size_t equals = text.rfind('=');
  const auto value = equals == std::string::npos
                         ? std::nullopt
                         : number_of(std::string_view(text).substr(equals + 1), false);
  if (!value || !std::isfinite(*value))
    throw base::InputError(fmt::format(
        "--chance {}: expected METRIC=VALUE or DATASET:METRIC=VALUE, as in \"HR@10=0.1\"", in_quotes(text)));
  set_chance(text.substr(0, equals), *value, metrics, study);
}

}  // namespace

void ask(const Question& question, report::Study& study) {
  Vocabulary known = vocabulary_of(study);
  results::SuiteLock& lock = study.lock;
  lock.suite = question.name;
  lock.baseline = baseline_of(question, known.encodings);
  lock.primary = question.primary.value_or(known.metrics.front());
  check_word("--primary", "metric", lock.primary, known.metrics);
  for (const std::string& metric : question.lower_is_better)
    check_word("--lower-is-better", "metric", metric, known.metrics);
  lock.judgement = {question.alpha, question.equivalence_share, question.lower_is_better};
  for (const std::string& chance : question.chance) set_chance(chance, known.metrics, study);
  known.primary = lock.primary;
  lock.claims = read_claims(question, known);
}

}  // namespace pebench::judge
