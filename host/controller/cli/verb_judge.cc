#include "host/controller/cli/verb_judge.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/cli/report_formats.h"
#include "host/controller/judge/study.h"
#include "host/controller/judge/table_reader.h"
#include "host/controller/judge/trec.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::string file;
  std::vector<std::string> trec, where, lower_is_better;
  std::string wide, delimiter;
  judge::Mapping mapping;
  judge::Question question;
  ReportOutput output;
};

/// The text of a file, or of standard input for "-", and what to call it.
struct Input {
  std::string text, name;

  explicit Input(const std::string& file) : name(file) {
    if (file != "-") {
      text = base::read_file(file);
      return;
    }
    name = "standard input";
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  }
};

/// What rows belong to where no column tells: "beauty" of "runs/beauty.csv".
std::string dataset_of(const std::string& file) {
  return file == "-" ? "rows" : std::filesystem::path(file).stem().string();
}

std::optional<char> delimiter_of(const std::string& text) {
  static const std::map<std::string, char> words = {
      {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"\\t", '\t'}};
  if (text.empty()) return std::nullopt;
  const auto word = words.find(text);
  if (word != words.end()) return word->second;
  if (text.size() != 1 || text == "\"" || text == "\n")
    throw base::InputError(fmt::format(
        "--delimiter \"{}\": expected comma, semicolon, tab or one character such as \"|\"", text));
  return text.front();
}

judge::Numbers read_trec(const std::vector<std::string>& runs) {
  judge::Numbers numbers;
  for (const std::string& text : runs) {
    const judge::TrecRun run = judge::TrecRun::parse(text);
    judge::add_trec(base::read_file(run.file), run, "queries", numbers);
  }
  return numbers;
}

judge::Numbers read(Arguments& arguments) {
  if (!arguments.trec.empty()) {
    if (!arguments.file.empty())
      throw base::InputError(
          fmt::format("{} and --trec are two sources of numbers; give one of them", arguments.file));
    arguments.question.name = "trec_eval";
    return read_trec(arguments.trec);
  }
  if (arguments.file.empty())
    throw base::InputError(
        "there is nothing to judge; name a file of results, `-` for standard input, or files of trec_eval "
        "with --trec");
  for (const std::string& filter : arguments.where)
    arguments.mapping.filters.push_back(judge::Filter::parse(filter));
  if (arguments.wide == "seeds") arguments.mapping.form = judge::Form::wide_seeds;
  if (arguments.wide == "encodings") arguments.mapping.form = judge::Form::wide_encodings;
  const Input input(arguments.file);
  arguments.question.name = std::filesystem::path(input.name).filename().string();
  return judge::read_table(input.text, input.name, dataset_of(arguments.file), arguments.mapping,
                           delimiter_of(arguments.delimiter));
}

int judge_numbers(Arguments& arguments) {
  const judge::Numbers numbers = read(arguments);
  arguments.question.lower_is_better = {arguments.lower_is_better.begin(), arguments.lower_is_better.end()};
  arguments.output.show({report::make_report(judge::study_of(numbers, arguments.question))});
  return 0;
}

/// An option that may be given several times, each time with one value.
template <class T>
CLI::Option* add_repeated(CLI::App& verb, const std::string& name, T& variable, const std::string& help) {
  return verb.add_option(name, variable, help)->allow_extra_args(false);
}

void add_columns(CLI::App& verb, judge::Mapping& mapping) {
  const char* group = "Columns";
  verb.add_option("--dataset", mapping.dataset, "Column of data sets")->group(group);
  verb.add_option("--encoding", mapping.encoding, "Column of encodings, models, methods")->group(group);
  verb.add_option("--seed", mapping.seed, "Column of seeds")->group(group);
  verb.add_option("--user", mapping.user, "Column of users, queries or folds")->group(group);
  verb.add_option("--measure", mapping.measure, "Column that names the metric of its row")->group(group);
  add_repeated(verb, "--metric", mapping.metrics,
               "Column of a metric; with --wide the name of the one metric; may be repeated")
      ->group(group);
  add_repeated(verb, "--split", mapping.split,
               "Column of a setting, whose values are looked at apart; may be repeated")
      ->group(group);
}

/// CLI::Range lets NaN through.
std::string inside_0_1(const std::string& word) {
  double value = 0;
  if (CLI::detail::lexical_cast(word, value) && value > 0 && value < 1) return {};
  return fmt::format("{} is no number between 0 and 1", word);
}

}  // namespace

void add_judge(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "judge", "Judges numbers of any other framework: tables, statistics, claims, as `report` has them");
  verb->add_option("results", arguments->file,
                   "CSV or JSON lines, a row per run (or per user of one); `-`: standard input");
  add_repeated(*verb, "--trec", arguments->trec,
               "[DATASET/]NAME[:SEED]=FILE, printed by trec_eval -q; may be repeated");
  add_columns(*verb, arguments->mapping);
  verb->add_option("--wide", arguments->wide, "What the columns of numbers are, where not metrics")
      ->check(CLI::IsMember(std::vector<std::string>{"seeds", "encodings"}))
      ->group("Columns");
  add_repeated(*verb, "--where", arguments->where,
               "COLUMN=PATTERN or COLUMN!=PATTERN: only these rows, * being any text; may be repeated")
      ->group("Columns");
  verb->add_option("--delimiter", arguments->delimiter, "comma, semicolon, tab or a character")
      ->group("Columns");
  verb->add_flag("--decimal-comma", arguments->mapping.decimal_comma, "0,25 is a quarter")->group("Columns");

  judge::Question& question = arguments->question;
  const char* group = "Question";
  verb->add_option("--baseline", question.baseline,
                   "Encoding that the others are compared with; without it none, baseline or the first")
      ->group(group);
  verb->add_option("--primary", question.primary, "Metric that verdicts are about; without it the first")
      ->group(group);
  add_repeated(*verb, "--chance", question.chance,
               "METRIC=VALUE or DATASET:METRIC=VALUE: what guessing reaches; may be repeated")
      ->group(group);
  add_repeated(*verb, "--lower-is-better", arguments->lower_is_better,
               "Metric that is better when lower; may be repeated")
      ->group(group);
  add_repeated(*verb, "--claim", question.claims,
               "Claim about the primary metric, as in \"sd(a) < sd(b)\"; may be repeated")
      ->group(group);
  verb->add_option("--claims", question.claims_file, "TOML with [[claim]] as a suite has them")->group(group);
  verb->add_option("--alpha", question.alpha, "Level of the tests")
      ->check(CLI::Validator(inside_0_1, "FLOAT in (0 - 1)"))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--equivalence-share", question.equivalence_share,
                   "Share of the baseline's mean by which means may differ and still count as equivalent")
      ->check(CLI::Validator(inside_0_1, "FLOAT in (0 - 1)"))
      ->group(group);
  arguments->output.add_to(*verb);
  verb->footer(
      "Examples:\n"
      "  pebench judge results.csv --baseline none --primary NDCG@10\n"
      "  pebench judge runs.jsonl --encoding model --chance HR@10=0.1 --claim \"sd(a) < sd(b)\"\n"
      "  pebench judge wide.csv --wide seeds --metric accuracy --format latex --out table.tex\n"
      "  pebench judge --trec bm25:1=bm25.1.txt --trec dense:1=dense.1.txt --primary map");
  verb->callback([arguments, &action] { action = [arguments] { return judge_numbers(*arguments); }; });
}

}  // namespace pebench::cli
