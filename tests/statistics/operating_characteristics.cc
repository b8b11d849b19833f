// Size, power and coverage of the verdicts, measured on drawn seeds whose truth is known. Exits with 1 when a
// size exceeds 5 % by more than the simulation's error.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "host/base/parallel.h"
#include "host/controller/stats/deviation.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/means.h"
#include "host/controller/stats/seed_policy.h"
#include "host/controller/stats/sign_flip.h"
#include "host/controller/stats/summary.h"
#include "host/controller/stats/verdict.h"
#include "tests/statistics/orders.h"
#include "tests/statistics/samples.h"

namespace {

using namespace pebench;
using stats::Design;

constexpr double alpha = 0.05;
constexpr int covered_one_in = 5;  // intervals of ratios cost most of the time

/// Shares of the repetitions.
struct Cell {
  double mean_size = 0;         ///< "better" or "worse" of encodings that are alike
  double mean_size_unlike = 0;  ///< the same, of equal means where the first deviates threefold
  double mean_power = 0;        ///< of a shift by one
  double mean_coverage = 0;     ///< of the difference's interval
  double size = 0;              ///< "deviates more" or "less" of encodings that are alike

  double unpaired_size = 0;  ///< the same, of encodings without common seeds
  double power = 0;          ///< "deviates more" where the first is the second threefold
  double wrong = 0;          ///< "deviates less" there
  double coverage = 0;       ///< of the ratio's interval, which holds 3
  double bonett = 0;         ///< of Bonett's interval on an SD
};

std::vector<double> shifted(std::vector<double> values, double by) {
  for (double& value : values) value += by;
  return values;
}

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

bool mean_verdict(const std::vector<double>& first, const std::vector<double>& second) {
  return stats::sign_flip_test({{stats::paired_differences(first, second)}}, 0)[0][0].p <= alpha;
}

stats::Stability verdict(const std::vector<double>& first, const std::vector<double>& second, Design design) {
  const auto tested = stats::test_deviations(first, second, design, 0).value();
  return stats::stability(tested.ratio, tested.p, alpha);
}

bool decided(stats::Stability stability) { return stability != stats::Stability::undecided; }

/// Of a shape, from many values.
struct Truth {
  double mean = 0, sd = 0;
};

Truth truth_of(const Shape& shape) {
  base::Stream stream(2, "test", shape.name);
  const std::vector<double> values = draw(shape, 1000000, stream).first;
  return {stats::mean(values), stats::standard_deviation(values)};
}

Cell measured(const Shape& shape, std::size_t seeds, int repetitions) {
  base::Stream stream(1, "test", fmt::format("{} {}", shape.name, seeds));
  const Truth truth = truth_of(shape);
  Cell cell;
  int intervals = 0;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const Sample sample = draw(shape, seeds, stream);
    const std::vector<double>&first = sample.first, &second = sample.second;
    cell.mean_size += mean_verdict(first, second);
    cell.mean_size_unlike +=
        mean_verdict(scaled(shifted(first, -truth.mean), 3), shifted(second, -truth.mean));
    cell.mean_power += mean_verdict(shifted(first, 1), second);
    const auto mean = stats::compare_paired(first, second).value();
    cell.mean_coverage += mean.interval.low <= 0 && 0 <= mean.interval.high;
    cell.size += decided(verdict(first, second, Design::paired));

    cell.unpaired_size += decided(verdict(first, second, Design::unpaired));
    const std::vector<double> wild = scaled(first, 3);
    const stats::Stability told = verdict(wild, second, Design::paired);
    cell.power += told == stats::Stability::deviates_more;
    cell.wrong += told == stats::Stability::deviates_less;

    if (const auto bonett = stats::bonett_interval(first))
      cell.bonett += bonett->low <= truth.sd && truth.sd <= bonett->high;
    if (repetition % covered_one_in == 0) {
      const auto ratio = stats::compare_deviations(wild, second, Design::paired, 0).value();
      cell.coverage += ratio.interval.low <= 3 && 3 <= ratio.interval.high;
      ++intervals;
    }
  }
  for (double Cell::*share :
       {&Cell::mean_size, &Cell::mean_size_unlike, &Cell::mean_power, &Cell::mean_coverage, &Cell::size,
        &Cell::unpaired_size, &Cell::power, &Cell::wrong, &Cell::bonett})
    cell.*share /= repetitions;
  cell.coverage /= intervals;
  return cell;
}

/// An encoding of which a share of the seeds collapses against one that never does and deviates twice as much
/// otherwise: the verdict with collapsed seeds kept, and formerly, when they were left out, or, kept, the
/// direction came from the SDs and the p from mean |x - median|.
struct Collapse {
  double less = 0, more = 0, formerly_less = 0, formerly_turned = 0;
};

Collapse measured_collapse(double share, std::size_t seeds, int repetitions) {
  const Shape shape{"collapse", Shape::Kind::collapsing, share}, steady{"steady", Shape::Kind::normal, 0};
  base::Stream stream(3, "test", fmt::format("collapse {} {}", share, seeds));
  Collapse result;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const std::vector<double> collapsing = draw(shape, seeds, stream).first;
    const std::vector<double> restless = scaled(draw(steady, seeds, stream).first, 2);
    const stats::Stability now = verdict(collapsing, restless, Design::paired);
    result.less += now == stats::Stability::deviates_less;
    result.more += now == stats::Stability::deviates_more;
    const bool more_by_sd = stats::standard_deviation(collapsing) > stats::standard_deviation(restless);
    result.formerly_turned += decided(now) && more_by_sd != (now == stats::Stability::deviates_more);
    std::vector<double> survivors = collapsing;
    for (double& value : survivors)
      if (value == chance_level) value = NAN;
    const auto tested = stats::test_deviations(survivors, restless, Design::paired, 0);
    result.formerly_less +=
        tested && stats::stability(tested->ratio, tested->p, alpha) == stats::Stability::deviates_less;
  }
  for (double Collapse::*of :
       {&Collapse::less, &Collapse::more, &Collapse::formerly_less, &Collapse::formerly_turned})
    result.*of /= repetitions;
  return result;
}

std::string digits(double share) { return fmt::format("{:.3f}", share).substr(share < 1 ? 1 : 0); }

/// What a share of alpha may come to for the simulation's sake.
double most_of(int repetitions) { return alpha + 4 * std::sqrt(alpha * (1 - alpha) / repetitions); }

bool print_shapes(const std::vector<std::size_t>& seeds, int repetitions) {
  const std::vector<Shape> shapes = all_shapes();
  std::vector<Cell> cells(shapes.size() * seeds.size());
  base::parallel_for(cells.size(), [&](std::size_t i) {
    cells[i] = measured(shapes[i / seeds.size()], seeds[i % seeds.size()], repetitions);
  });
  const double most = most_of(repetitions);
  bool sound = true;
  fmt::print(
      "| seeds are | n | mean: size | unlike | power | coverage | deviation: size | unpaired | power | wrong "
      "side | "
      "coverage | Bonett |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
               shapes[i / seeds.size()].name, seeds[i % seeds.size()], digits(cell.mean_size),
               digits(cell.mean_size_unlike), digits(cell.mean_power), digits(cell.mean_coverage),
               digits(cell.size), digits(cell.unpaired_size), digits(cell.power), digits(cell.wrong),
               digits(cell.coverage), digits(cell.bonett));
    // Below that many seeds there is no verdict on deviation.
    const bool told = seeds[i % seeds.size()] >= stats::seeds_for(stats::Evidence::means);
    sound = sound && cell.mean_size <= most && (!told || (cell.size <= most && cell.unpaired_size <= most));
  }
  return sound;
}

void print_collapses(const std::vector<std::size_t>& seeds, int repetitions) {
  fmt::print(
      "\n| collapse | n | deviates more | deviates less | formerly: deviates less | formerly: sides disagree "
      "|\n|---|---|---|---|---|---|\n");
  for (const double share : {0.05, 0.1, 0.2})
    for (const std::size_t n : seeds) {
      const Collapse collapse = measured_collapse(share, n, repetitions);
      fmt::print("| {:.0f} % | {} | {} | {} | {} | {} |\n", 100 * share, n, digits(collapse.more),
                 digits(collapse.less), digits(collapse.formerly_less), digits(collapse.formerly_turned));
    }
}

bool print_orders(const std::vector<std::size_t>& seeds, int repetitions) {
  bool sound = true;
  fmt::print("\n| settings | n | carries over | turns |\n|---|---|---|---|\n");
  for (const OrderCell& cell : measured_orders(seeds, repetitions)) {
    fmt::print("| {} | {} | {} | {} |\n", cell.settings, cell.seeds, digits(cell.carries_over),
               digits(cell.turns));
    sound = sound && (cell.have_order || cell.carries_over + cell.turns <= most_of(repetitions));
  }
  return sound;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Size, power and coverage of the verdicts, as the tables of docs/statistics.md.");
  int repetitions = 1000;
  std::vector<std::size_t> seeds = {6, 8, 10, 14, 20, 30};
  app.add_option("--repetitions", repetitions, "Draws of each cell")
      ->capture_default_str()
      ->check(CLI::Range(10, 1000000));
  app.add_option("--seeds", seeds, "Numbers of seeds")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  bool sound = print_shapes(seeds, repetitions);
  print_collapses(seeds, repetitions);
  sound = print_orders(seeds, repetitions) && sound;
  if (!sound) fmt::print(stderr, "a size exceeds {} by more than four errors of the simulation\n", alpha);
  return sound ? 0 : 1;
}
