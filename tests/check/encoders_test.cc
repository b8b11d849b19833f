// The checks of numbers and meaning, in this process: each catches the encoders that are wrong in its way,
// and the built-in plugins pass all of them.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "host/worker/check/check.h"
#include "tests/check/variants.h"

namespace pebench::test {
namespace {

using check::Finding;
using check::Outcome;

Finding run(const std::string& id, const std::string& library, const std::string& encoder,
            const nlohmann::json& options = nlohmann::json::object()) {
  check::Subject subject;
  subject.library = library;
  subject.encoder = encoder;
  subject.options = options;
  subject.seed = 1;
  return check::run({id, subject});
}

std::vector<check::Check> checks() {
  auto all = check::numbers_checks();
  for (const auto& check : check::meaning_checks()) all.push_back(check);
  return all;
}

struct Fault {
  const char* encoder;
  const char* row;
  const char* said;  ///< part of the finding
  Outcome outcome = Outcome::fail;
};

std::vector<Fault> faults() {
  return {
      {"square_bias", "numbers.shape", "hook bias"},
      {"always_double", "numbers.dtype", "in float32"},
      {"divides_by_events", "numbers.sizes", "padding alone"},
      {"overflows", "numbers.finite", "input, profile"},
      {"norm_at_zero", "numbers.finite", "gradient"},
      {"detaches_input", "numbers.gradient_x", "x [2, 4, 8]"},
      {"detaches_output", "numbers.gradient_x", "merged heads"},
      {"detaches_query", "numbers.gradient_qkv", "q [2, 2, 4, 4]"},
      {"detaches_logits", "numbers.gradient_scores", "logits"},
      {"detaches_weights", "numbers.gradient_scores", "weights"},
      {"detaches_hidden", "numbers.gradient_hidden", "hidden states [2, 4, 8]"},
      {"detaches_table", "numbers.gradient_parameters", "'encoding.table'"},
      {"unused_parameter", "numbers.trainable", "'encoding.unused'"},
      {"beyond_output", "numbers.custom", "wrote beyond output 0"},
      {"unwritten_output", "numbers.custom", "output unwritten"},
      {"changes_operand", "numbers.custom", "changed an operand"},
      {"beyond_gradient", "numbers.custom", "wrote beyond gradient 0"},
      {"added_gradient", "numbers.custom", "adds to it"},
      {"seconds_in_single", "numbers.float32", "input, profile"},
      {"casts_seconds", "numbers.seconds", "0 in float32"},
      {"casts_seconds_to_single", "numbers.seconds", "as if they were one"},
      {"mismatched_pairs", "meaning.rotation", "the pairs that are turned are not those"},
      {"pairs_apart", "meaning.rotation", "in different pairs"},
      {"learnt_turns", "meaning.rotation", "a norm of", Outcome::warn},
      {"rope_over_rows", "meaning.batch", "rotate (q), self-attention of layer 0"},
      {"rope_over_rows", "meaning.position", "does not use"},
      {"first_rows_positions", "meaning.batch", "positions of its own"},
      {"centres_batch", "meaning.batch", "the same positions"},
      {"averages_padding", "meaning.padding", "two contents"},
      {"counts_slots", "meaning.padding", "without and with"},
      {"counts_slots", "meaning.candidates", "counts slots itself"},
      {"counts_slots", "meaning.position", "does not use"},
      {"centres_candidates", "meaning.candidate_alone", "input, candidates"},
      {"looks_ahead", "meaning.causal", "slots before 1"},
      {"counts_invisible", "meaning.visible", "may not see"},
      {"raises_weights", "meaning.hidden", "-1e+30 added"},
      {"counts_visibility", "meaning.broadcast", "visibility"},
      {"ignores_positions", "meaning.position", "does not use"},
      {"claims_shift_invariance", "meaning.shift_invariant", "claims"},
      {"claims_extrapolation", "meaning.extrapolating", "outside [0, 9)"},
      {"claims_nothing", "meaning.null", "claims"},
      {"claims_nothing", "meaning.position", "claims"},
      {"claims_affinity", "meaning.affine_input", "claims"},
      {"remembers_profile", "meaning.affine_input", "without and with a profile"},
      {"undeclared_time", "meaning.time", "failed handle"},
      {"unused_time", "meaning.time", "in spite of", Outcome::warn},
      {"unused_hidden", "meaning.hidden_states", "in spite of", Outcome::warn},
      {"scales_in_training", "meaning.training", "training without"},
      {"noise_in_evaluation", "meaning.training", "two evaluations"},
      {"random_of_its_own", "meaning.training", "two training passes"},
  };
}

TEST(Checks, CatchEncodersThatAreWrong) {
  for (const auto& fault : faults()) {
    const Finding found = run(fault.row, PEBENCH_WRONG, fault.encoder);
    EXPECT_EQ(found.outcome, fault.outcome) << fault.encoder << ", " << fault.row << ": " << found.text;
    EXPECT_NE(found.text.find(fault.said), std::string::npos)
        << fault.encoder << ", " << fault.row << ": " << found.text;
  }
}

TEST(Checks, OfCudaCatchesAnEncoderThatServesTheCpuAlone) {
  const Finding found = run("numbers.cuda", PEBENCH_WRONG, "no_cuda");
  if (found.outcome == Outcome::skip) GTEST_SKIP() << found.text << "; it runs wherever there is one";
  EXPECT_EQ(found.outcome, Outcome::fail);
}

TEST(Checks, AreEachProvenByAFault) {
  std::set<std::string_view> proven{"numbers.cuda"};  // above
  for (const auto& fault : faults()) proven.insert(fault.row);
  for (const auto& check : checks()) EXPECT_EQ(proven.count(check.id), 1u) << check.id;
}

/// Rows that are skipped where there is nothing to check, and the plugins that have it in one of their
/// variants.
const std::map<std::string, std::set<std::string>> having = {
    {"numbers.gradient_x", {"sinusoidal", "learnt", "rotatory", "relative", "time2vec", "fourier", "cape"}},
    {"numbers.gradient_qkv",
     {"relative", "rope", "alibi", "t5", "kerple", "fire", "cope", "time_intervals", "rotary_time", "xpos",
      "dape", "head_scale", "fox", "path"}},
    {"numbers.gradient_scores", {"relative", "cope", "time_intervals", "dape"}},
    {"numbers.gradient_hidden", {"fox", "path"}},
    {"numbers.gradient_parameters",
     {"sinusoidal", "learnt", "rotatory", "relative", "t5", "kerple", "fire", "cope", "time2vec",
      "time_intervals", "dape", "head_scale", "fourier", "fox", "path"}},
    {"numbers.trainable",
     {"sinusoidal", "learnt", "rotatory", "relative", "t5", "kerple", "fire", "cope", "time2vec",
      "time_intervals", "dape", "head_scale", "fourier", "fox", "path"}},
    {"numbers.custom", {}},
    {"numbers.seconds", {"time2vec", "time_intervals", "rotary_time"}},
    {"numbers.cuda", {}},
    {"meaning.rotation", {"rope", "rotary_time", "xpos", "head_scale"}},
    {"meaning.hidden_states", {"fox", "path"}},
    {"meaning.affine_input", {"sinusoidal", "learnt", "rotatory", "time2vec", "fourier", "cape"}},
};

TEST(Checks, PassForTheBuiltInPlugins) {
  std::set<std::string> built;
  std::map<std::string, std::set<std::string>> passed;
  for (const auto& variant : variants()) {
    built.insert(variant.plugin);
    for (const auto& check : checks()) {
      const std::string id(check.id);
      const Finding found = run(id, std::string(PEBENCH_PLUGIN_DIR) + "/" + variant.plugin + ".so",
                                variant.plugin, variant.options);
      EXPECT_TRUE(found.outcome == Outcome::pass || (found.outcome == Outcome::skip && having.count(id) == 1))
          << title(variant) << ", " << id << ": " << found.text;
      if (found.outcome == Outcome::pass) passed[id].insert(variant.plugin);
    }
  }
  for (const auto& [id, plugins] : having) {
    for (const auto& plugin : plugins) {
      if (built.count(plugin) == 0) continue;
      EXPECT_EQ(passed[id].count(plugin), 1u) << plugin << " was skipped by " << id;
    }
  }
}

#ifdef PEBENCH_PYTHON_PLUGIN
TEST(Checks, CatchTheSameMistakesInPython) {
  const auto found = [](const char* row, const std::string& file) {
    return run(row, PEBENCH_PYTHON_PLUGIN, "python", {{"file", PEBENCH_SOURCE_DIR "/" + file}});
  };
  for (const auto& [row, file] : {std::pair{"numbers.seconds", "casts_seconds.py"},
                                  std::pair{"meaning.rotation", "mismatched_pairs.py"}}) {
    const Finding finding = found(row, std::string("tests/faults/") + file);
    EXPECT_EQ(finding.outcome, Outcome::fail) << file << ": " << finding.text;
  }
  const Finding right = found("meaning.rotation", "examples/python/rope.py");
  EXPECT_EQ(right.outcome, Outcome::pass) << right.text;
}
#endif

TEST(Checks, UseSizesThatTheEncoderServes) {
  for (const auto& check : checks()) {
    const Finding found = run(std::string(check.id), PEBENCH_WRONG, "choosy");
    EXPECT_TRUE(found.outcome == Outcome::pass || found.outcome == Outcome::skip)
        << check.id << ": " << found.text;
  }
}

TEST(Checks, LetATemperatureAloneGoWithoutPositions) {
  const std::string library = std::string(PEBENCH_PLUGIN_DIR) + "/head_scale.so";
  const Finding found = run("meaning.position", library, "head_scale");
  EXPECT_EQ(found.outcome, Outcome::pass) << found.text;
  EXPECT_NE(found.text.find("temperature"), std::string::npos) << found.text;
}

TEST(Checks, SayWhatHoldsAndIsNotClaimed) {
  EXPECT_NE(run("meaning.affine_input", PEBENCH_WRONG, "ignores_positions").text.find("not claimed"),
            std::string::npos);
  EXPECT_NE(run("meaning.extrapolating", PEBENCH_WRONG, "ignores_positions").text.find("not claimed"),
            std::string::npos);
  EXPECT_NE(run("meaning.shift_invariant", PEBENCH_WRONG, "ignores_positions").text.find("not claimed"),
            std::string::npos);
}

}  // namespace
}  // namespace pebench::test
