// Ordinary situations of a machine (no permission, no home, a folder that is gone, names that are too long or
// not UTF-8) end in a sentence or go well, and never in an exception.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// What every situation finds before its own commands, in an empty folder: a raw data set, a suite on it and
/// one on generated data, and a name of 300 bytes.
constexpr const char* prologue = R"(
export HOME=$PWD/home PEBENCH_TRIAL=/bin/true PEBENCH_PLUGIN_PATH=$PWD/plugins
unset PEBENCH_CACHE PEBENCH_DATA XDG_CACHE_HOME XDG_DATA_HOME
mkdir home raw plugins
cp $FAULTS/noisy.so $FAULTS/odd_option.so plugins
{ printf 'user\titem\ttimestamp\n'
  for user in a b c; do for item in 1 2 3 4 5 6; do printf '%s\t%s\t%s\n' $user $item $item; done; done
} > raw/interactions.tsv
suite() {
  printf 'schema = 1\n[suite]\nname = "s"\nbaseline = "none"\n[seeds]\nbase = 1\ncount = 1\n[protocol]\n'
  printf 'candidates = ["uniform:3"]\n[train]\nselect = "valid.uniform:3.ndcg@10"\n'
  printf '[[dataset]]\nname = "d"\n%s\n[[encoding]]\nname = "none"\nplugin = "noisy"\n' "$1"
}
suite 'path = "raw"' > raw.toml
suite 'synthetic = { signal = "none", users = 20, items = 20 }' > generated.toml
long=$(printf 'a%.0s' $(seq 300))
deep=/$(for i in $(seq 40); do printf 'a%.0s' $(seq 99); printf /; done)
)";

/// The command line of another user, or of this one where even this one lacks the rights; empty if there is
/// no way.
const std::string& as_another() {
  static const std::string prefix = [] {
    if (::geteuid() != 0) return std::string("env");
    for (const char* way : {"setpriv --reuid=65534 --regid=65534 --clear-groups", "runuser -u nobody --"})
      if (shell(std::string(way) + " " PEBENCH_PROGRAM " --version").exit_code == 0) return std::string(way);
    return std::string();
  }();
  return prefix;
}

struct Situation {
  const char* name;
  const char* commands;
  int exit_code;
  std::vector<std::string> words;  ///< of the last command
};

void PrintTo(const Situation& situation, std::ostream* out) { *out << situation.name; }

class Situations : public testing::TestWithParam<Situation> {};

TEST_P(Situations, EndInASentence) {
  const auto& [name, commands, exit_code, words] = GetParam();
  if (std::string(commands).find("$OTHER") != std::string::npos && as_another().empty())
    GTEST_SKIP() << "neither setpriv nor runuser can run " PEBENCH_PROGRAM " as another user";
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms(0755));
  std::ofstream(folder.path() / "situation.sh")
      << "P=" PEBENCH_PROGRAM "\nFAULTS=" FAULTS "\nOTHER='" << as_another() << "'\n"
      << prologue << commands << "\n";
  const auto outcome = shell("cd " + folder.path().string() + " && sh situation.sh");
  shell("chmod -R u+rwx " + folder.path().string());
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.output;
  for (const std::string& word : words) EXPECT_THAT(outcome.output, HasSubstr(word));
  for (const char* internal : {"internal error", "a fault of", "exception", "filesystem error", "terminate"})
    EXPECT_THAT(outcome.output, Not(HasSubstr(internal)));
  if (exit_code != 0) {
    EXPECT_LT(outcome.output.size(), 3000u) << "a sentence, not a flood";
  }
}

const std::string gone = "the working folder cannot be used (No such file or directory); change to another";

#define GONE "mkdir gone; cd gone; rmdir ../gone; "
#define LATIN "name=$(printf 'caf\\351'); "
#define LOCKED "mkdir locked; chmod 0 locked; chmod 755 home; "

INSTANTIATE_TEST_SUITE_P(
    NamesThatAreNotUtf8, Situations,
    testing::Values(
        Situation{"ImportFrom",
                  LATIN "cp raw/interactions.tsv $name; $P data import --interactions $name --out out",
                  0,
                  {"events", "18"}},
        Situation{"ImportTo",
                  LATIN
                  "$P data import --interactions raw/interactions.tsv --out $name && $P data info $name",
                  0,
                  {"18"}},
        Situation{"Info", LATIN "mv raw $name; $P data info $name --json", 0, {"\"events\": 18"}},
        Situation{"List",
                  LATIN "mkdir $name; mv raw $name/$name; PEBENCH_DATA=$name $P data list --json",
                  0,
                  {"caf\xef\xbf\xbd"}},
        Situation{"Export",
                  LATIN
                  "$P run generated.toml --results $name >/dev/null || true; "
                  "for f in sqlite csv mlflow; do $P export $name/s --format $f --out $name-$f || exit; "
                  "done; iconv --from-code utf-8 $name-csv/suite.csv",
                  0,
                  {"s, 1 trials planned, 1 failed", "caf\xef\xbf\xbd/s,none"}},
        Situation{"NoData", LATIN "$P data info $name", 2, {"there is no data set 'caf\xe9'"}},
        Situation{
            "Plan", LATIN "mkdir $name; mv raw raw.toml $name; $P plan $name/raw.toml --json", 0, {"\"id\""}},
        Situation{"PlanOnAnImportedSet",
                  LATIN "mkdir $name; mv raw.toml $name; $P data import --interactions "
                        "raw/interactions.tsv --out $name/raw >/dev/null; $P plan $name/raw.toml",
                  2,
                  {"raw.toml:14:", "a trial cannot be told of a path that is not UTF-8; rename it"}},
        Situation{"Plugin",
                  LATIN "cp raw/interactions.tsv $name.so; $P describe $name.so",
                  2,
                  {"it cannot be loaded"}},
        Situation{"Check",
                  LATIN "cp raw/interactions.tsv $name.so; $P check ./$name.so",
                  2,
                  {"not UTF-8; rename it"}},
        Situation{"Option", LATIN "$P check odd_option --option $name=$name", 2, {"--option"}}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    LongPaths, Situations,
    testing::Values(
        Situation{
            "Results",
            "$P plan generated.toml --results $deep",
            2,
            {"cannot write results to /aaa", "(4002 bytes)", "File name too long; choose a shorter path"}},
        Situation{"ResultsOfARun", "$P run generated.toml --results $deep", 2, {"choose a shorter path"}},
        Situation{"ResultsThatFitAtFirst",
                  "$P run generated.toml --results $(echo $deep | cut -c1-3800)",
                  2,
                  {"choose a shorter path"}},
        Situation{"ResultsOfAReport", "$P report $deep$long", 2, {"choose a shorter path"}},
        Situation{"ResultsComponent", "$P run generated.toml --results $long", 2, {"choose a shorter path"}},
        Situation{"Suite", "$P plan $long.toml", 2, {"cannot read aaa"}},
        Situation{"DataSet", "$P data info $long", 2, {"there is no data set", "File name too long"}},
        Situation{"DataSetOfASuite",
                  "suite \"path = \\\"$long\\\"\" > s.toml; $P plan s.toml",
                  2,
                  {"s.toml:14:", "there is no data set", "File name too long"}},
        Situation{"PluginOfASuite",
                  "sed -i s,noisy,./$long.so, raw.toml; $P plan raw.toml",
                  2,
                  {"raw.toml:17:", "there is no plugin library"}},
        Situation{"ImportTo",
                  "$P data import --interactions raw/interactions.tsv --out $long",
                  2,
                  {"choose a shorter path"}},
        Situation{"ImportFrom", "$P data import --interactions $long --out out", 2, {"cannot read aaa"}},
        Situation{"NewName", "$P new $long --lang c", 2, {"at most 60"}},
        Situation{"NewInto", "$P new mine --lang c --into $long", 2, {"choose another folder with --into"}},
        Situation{"Check", "$P check ./$long.so", 2, {"there is no plugin library"}},
        Situation{"Describe", "$P describe ./$long.so", 2, {"aaa.so"}},
        Situation{"ReportTo", "$P report . --out $long", 2, {"holds no suite.lock.json"}},
        Situation{"ExportOf", "$P export $long --format csv --out out", 2, {"choose a shorter path"}},
        Situation{
            "ExportTo",
            "$P run generated.toml >/dev/null 2>&1 || true; $P export results/s --format csv --out $long",
            2,
            {"choose a shorter path"}},
        Situation{"Merge", "$P merge $long raw --out merged", 2, {"choose a shorter path"}}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    AWorkingFolderThatIsGone, Situations,
    testing::Values(
        Situation{"Info", GONE "$P data info raw", 2, {gone}},
        Situation{"Import",
                  GONE "$P data import --interactions ../raw/interactions.tsv --out set",
                  2,
                  {"No such file"}},
        Situation{"ImportElsewhere",
                  "there=$PWD; " GONE
                  "$P data import --interactions $there/raw/interactions.tsv --out $there/set",
                  0,
                  {"18"}},
        Situation{"Plan", GONE "$P plan s.toml", 2, {"cannot read s.toml"}},
        Situation{"PlanElsewhere", "there=$PWD; " GONE "$P plan $there/raw.toml", 2, {gone}},
        Situation{"ResultsElsewhere",
                  "there=$PWD; " GONE "$P plan $there/raw.toml --results $there/results",
                  0,
                  {"s: 1 trials"}},
        Situation{"Run", "there=$PWD; " GONE "$P run $there/raw.toml", 2, {gone}},
        Situation{"Report", GONE "$P report results", 2, {"holds no suite.lock.json"}},
        Situation{"Export", GONE "$P export results --format csv --out o", 2, {"holds no suite.lock.json"}},
        Situation{"New", GONE "$P new mine --lang c", 2, {gone}},
        Situation{"Check", GONE "$P check ./x.so", 2, {"there is no plugin library"}},
        Situation{"List", GONE "$P list", 0, {"noisy"}},
        Situation{"ListData", GONE "$P data list", 0, {"no data set in"}}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    WithoutTheRights, Situations,
    testing::Values(
        Situation{"CacheOfRawData",
                  LOCKED "PEBENCH_CACHE=$PWD/locked $OTHER $P data info $PWD/raw",
                  2,
                  {"Permission denied", "PEBENCH_CACHE names another place for the cache"}},
        Situation{"CacheOfGeneratedData",
                  LOCKED "XDG_CACHE_HOME=$PWD/locked $OTHER $P plan generated.toml",
                  2,
                  {"generated.toml:14:", "Permission denied", "PEBENCH_CACHE names another place"}},
        Situation{"CacheOfPlugins",
                  LOCKED "$P data import --interactions raw/interactions.tsv --out set > log; "
                         "sed -i s,raw,set, raw.toml; XDG_CACHE_HOME=$PWD/locked $OTHER $P plan raw.toml",
                  0,
                  {"s: 1 trials"}},
        Situation{"ListOfPlugins", LOCKED "XDG_CACHE_HOME=$PWD/locked $OTHER $P list", 0, {"noisy"}},
        Situation{"HomeThatCannotBeWritten",
                  LOCKED "HOME=$PWD/locked $OTHER $P plan generated.toml",
                  2,
                  {"PEBENCH_CACHE names another place"}},
        Situation{"NoHome", "unset HOME; $P plan generated.toml", 2, {"set PEBENCH_CACHE or HOME"}},
        Situation{"NoHomeAndNoNeed",
                  "$P data import --interactions raw/interactions.tsv --out set > log; sed -i "
                  "s,raw,set, raw.toml; unset HOME; $P plan raw.toml",
                  0,
                  {"s: 1 trials"}},
        Situation{"FolderOfData",
                  LOCKED "PEBENCH_DATA=$PWD/locked $OTHER $P data info shop",
                  2,
                  {"there is no data set 'shop'", "locked/shop (Permission denied)"}},
        Situation{"ListOfData", LOCKED "PEBENCH_DATA=$PWD/locked:$PWD $OTHER $P data list", 0, {"raw"}},
        Situation{"DataSet", "chmod 0 raw; $OTHER $P data info $PWD/raw", 2, {"Permission denied"}},
        Situation{"Results",
                  LOCKED "export PEBENCH_CACHE=$PWD/cache; $P plan generated.toml > log; $OTHER $P run "
                         "generated.toml --results $PWD/locked",
                  2,
                  {"Permission denied"}},
        Situation{"ResultsOfAReport", LOCKED "$OTHER $P report $PWD/locked", 2, {"Permission denied"}},
        Situation{"ExportTo",
                  LOCKED "$P run generated.toml >/dev/null 2>&1 || true; "
                         "$OTHER $P export $PWD/results/s --format sqlite --out $PWD/locked/x",
                  2,
                  {"Permission denied; choose another path or change its permissions"}},
        Situation{"New", LOCKED "$OTHER $P new mine --lang c --into $PWD/locked", 2, {"Permission denied"}},
        Situation{"ImportTo",
                  LOCKED "$OTHER $P data import --interactions raw/interactions.tsv --out $PWD/locked/x",
                  2,
                  {"Permission denied"}}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    DamagedFiles, Situations,
    testing::Values(
        Situation{"DataSet",
                  "mkdir set; echo '{\"format\": 1}' > set/dataset.json; $P data info set",
                  2,
                  {"lacks what it should hold (key 'files' not found): remove the folder and import"}},
        Situation{"Gzip",
                  "gzip raw/interactions.tsv; truncate -s 40 raw/interactions.tsv.gz; $P data info raw",
                  2,
                  {"the compressed data is damaged: fetch the file again"}},
        Situation{"Lock",
                  "mkdir results; echo '{' > results/suite.lock.json; $P report results",
                  2,
                  {"suite.lock.json is not JSON"}}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    FilesInPlaceOfFolders, Situations,
    testing::Values(Situation{"Results",
                              "echo > results; $P run generated.toml",
                              2,
                              {"cannot write results to", "--results names another folder"}},
                    Situation{"ResultsOfAReport", "$P report raw.toml", 2, {"holds no suite.lock.json"}},
                    Situation{"Cache",
                              "echo > cache; PEBENCH_CACHE=cache $P data info raw",
                              2,
                              {"Not a directory", "PEBENCH_CACHE names another place"}},
                    Situation{"DataSet", "$P data info raw/interactions.tsv", 2, {"(a file, no folder)"}},
                    Situation{
                        "Data", "PEBENCH_DATA=raw.toml $P data info x", 2, {"there is no data set 'x'"}},
                    Situation{"ImportTo",
                              "$P data import --interactions raw/interactions.tsv --out raw.toml/x",
                              2,
                              {"Not a directory"}},
                    Situation{"Temporary", "TMPDIR=$PWD/missing $P check noisy", 2, {"TMPDIR names one"}},
                    Situation{"Trial", "PEBENCH_TRIAL=raw $P run generated.toml", 2, {"is not a program"}}),
    testing::PrintToStringParamName());

}  // namespace
}  // namespace pebench
