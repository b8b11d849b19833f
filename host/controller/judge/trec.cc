#include "host/controller/judge/trec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/controller/judge/number.h"

namespace pebench::judge {
namespace {

constexpr std::array<std::string_view, 6> no_measures = {"runid",   "relstring", "num_q",
                                                         "num_ret", "num_rel",   "num_rel_ret"};

std::vector<Cell> fields_of(std::string_view line, std::int64_t number) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<Cell> fields;
  for (std::size_t at = line.find_first_not_of(blanks); at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
    fields.push_back({std::string(line.substr(at, end - at)), number, static_cast<std::int64_t>(at) + 1});
    at = std::min(line.find_first_not_of(blanks, end), line.size());
  }
  return fields;
}

class TrecReader {
 public:
  TrecReader(const TrecRun& run, const std::string& dataset, Numbers& numbers)
      : run_(run), dataset_(dataset), numbers_(numbers) {}

  void add(std::string_view line, std::int64_t number) {
    const std::vector<Cell> fields = fields_of(line, number);
    if (fields.empty()) return;
    if (fields.size() != 3)
      refuse(run_.file, {{}, number, 1},
             fmt::format("{} fields where trec_eval -q prints three: measure, query, value", fields.size()));
    const std::string& measure = fields[0].text;
    if (std::find(no_measures.begin(), no_measures.end(), measure) != no_measures.end()) return;
    const auto value = number_of(fields[2].text, false);
    if (!value)
      refuse(run_.file, fields[2],
             fmt::format("{} where the value of {} belongs, a number", in_quotes(fields[2].text), measure));
    queries_[fields[1].text].emplace_back(measure, Value{0, value, {{}, number, fields[2].column}});
  }

  void finish() {
    if (queries_.empty())
      throw base::InputError(
          fmt::format("{} holds no measures; make it with trec_eval -q QRELS RUN > FILE", run_.file));
    const bool by_query = queries_.size() > 1 || queries_.begin()->first != "all";
    for (const auto& [query, values] : queries_) {
      if (by_query && query == "all") continue;
      Row row;
      row.dataset = run_.dataset.value_or(dataset_);
      row.encoding = run_.encoding;
      row.run = run_.seed.value_or(run_.file);
      if (by_query) row.user = query;
      row.file = numbers_.files.size();
      for (const auto& [measure, value] : values)
        row.values.push_back({numbers_.metric(measure), value.number, value.place});
      numbers_.rows.push_back(std::move(row));
    }
  }

 private:
  const TrecRun& run_;
  const std::string& dataset_;
  Numbers& numbers_;
  std::map<std::string, std::vector<std::pair<std::string, Value>>>
      queries_;  ///< measures, in the file's order
};

}  // namespace

TrecRun TrecRun::parse(const std::string& text) {
  const std::size_t equals = text.find('=');
  std::string name = text.substr(0, equals);
  TrecRun run;
  if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
    run.dataset = name.substr(0, slash);
    name.erase(0, slash + 1);
  }
  if (const std::size_t colon = name.rfind(':'); colon != std::string::npos) {
    run.seed = name.substr(colon + 1);
    name.erase(colon);
  }
  run.encoding = name;
  if (equals != std::string::npos) run.file = text.substr(equals + 1);
  if (run.encoding.empty() || run.file.empty() || run.dataset == "" || run.seed == "")
    throw base::InputError(fmt::format(
        "--trec {}: expected [DATASET/]NAME[:SEED]=FILE, as in bm25:1=runs/bm25.1.txt", in_quotes(text)));
  return run;
}

void add_trec(std::string_view text, const TrecRun& run, const std::string& dataset, Numbers& numbers) {
  if (!numbers.files.empty() && numbers.has_seeds != run.seed.has_value())
    throw base::InputError(fmt::format(
        "--trec {}={}: some files are given with a seed and some without; write NAME:SEED=FILE for all "
        "or for none",
        run.encoding, run.file));
  numbers.has_seeds = run.seed.has_value();
  TrecReader reader(run, dataset, numbers);
  std::int64_t line = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    reader.add(rest.substr(0, end), ++line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  reader.finish();
  numbers.files.push_back({run.file, base::sha256(text)});
}

}  // namespace pebench::judge
