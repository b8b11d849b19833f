#pragma once

#include "host/controller/report/document.h"
#include "host/controller/report/suite_report.h"

namespace pebench::report {

/// The whole report of a suite in words, tables and figures.
Document compose(const SuiteReport& report);
/// All of it but for whom encodings help, how training went and the figures, which come last.
Document compose_summary(const SuiteReport& report);

// Its parts, each nothing where it has nothing to say.

/// The trials whose files are damaged: first of all, since everything below lacks them.
Document damage_section(const SuiteReport& report);
/// Where the baseline is not above what needs no training: before the tables that compare encodings on it.
Document worth_section(const SuiteReport& report);
/// Mean and SD of the metrics people look for first, one table per data set and point of the sweep.
Document performance_section(const SuiteReport& report);
/// Every encoding against the baseline: differences, tests, verdicts. From 6 seeds on.
Document comparison_section(const SuiteReport& report);
/// What seeds and users contribute to the differences, and what holds for other users. From 6 seeds on.
Document users_section(const SuiteReport& report);
/// How much every encoding deviates across seeds. From 6 seeds on.
Document stability_section(const SuiteReport& report);
/// How much two seeds of an encoding recommend the same. From 6 seeds on.
Document churn_section(const SuiteReport& report);
/// What encodings cost in time and memory, where the suite has it measured.
Document price_section(const SuiteReport& report);
/// Ranks over data sets, interquartile means. From 2 data sets on.
Document datasets_section(const SuiteReport& report);
/// On generated data: what can be reached, and which share of the order's and of the times' worth each
/// encoding lets the backbone use.
Document known_answer_section(const SuiteReport& report);
/// How far the order of encodings is the same on other data sets and in other models.
Document carry_over_section(const SuiteReport& report);
/// Deviation by variant of the settings.
Document attribution_section(const SuiteReport& report);
/// How training went: epochs, how the loss jumps, which share of the gradient lies in the encoding. Of
/// records that tell the last.
Document training_section(const SuiteReport& report);
/// The suite's claims and their answers.
Document claims_section(const SuiteReport& report);
/// For whom encodings help: users grouped by history, by the target's popularity, by the time before it.
Document user_side_section(const SuiteReport& report);
/// What is missing, failed or weak about all this.
Document caveats_section(const SuiteReport& report);

/// The primary metric of every encoding, seed by seed, one figure per data set and point of the sweep.
Document figures_section(const SuiteReport& report);

/// What a comparison of means says: "better", "worse (weak)", "undecided", "withheld", "too few seeds".
std::string mean_verdict(const PairAnalysis& pair);
/// What one of deviations says: "deviates more (exploratory)", and so on.
std::string deviation_verdict(const PairAnalysis& pair);

/// What one of lists says: "more alike", "less alike (weak)", "undecided", "withheld", "too few seeds".
std::string likeness_verdict(const EncodingChurn& encoding);
/// Whether there is such a verdict.
bool decides(const EncodingChurn& encoding);

/// "[0.1234, 0.2345]"
std::string interval_text(const stats::Interval& interval);
/// Three digits, "< 0.001" below.
std::string p_text(double p);

}  // namespace pebench::report
