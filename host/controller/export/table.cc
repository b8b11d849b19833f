#include "host/controller/export/table.h"

namespace pebench::exporting {

std::vector<const Table*> Schema::tables(bool with_ranks) const {
  std::vector<const Table*> all = {&suite,           &trial, &setting,     &metric,
                                   &baseline_metric, &epoch, &epoch_metric};
  if (with_ranks) all.insert(all.end(), {&ranked_set, &rank, &recommendation});
  return all;
}

const Schema& schema() {
  static const Column trial = {"trial", Type::integer, "trial"};
  static const Column name = {"name", Type::text}, value = {"value", Type::real};
  static const Schema all = {
      {"suite",
       1,
       {{"suite", Type::text},
        {"folder", Type::text},
        {"baseline", Type::text},
        {"primary_metric", Type::text},
        {"alpha", Type::real},
        {"equivalence_share", Type::real},
        {"hash", Type::text},
        {"text", Type::text}}},
      {"trial",
       1,
       {{"trial", Type::integer},
        {"suite", Type::text, "suite"},
        {"id", Type::text},
        {"dataset", Type::text},
        {"encoding", Type::text},
        {"variant", Type::text},
        {"sweep", Type::text},
        {"seed", Type::integer},
        {"status", Type::text},
        {"reason", Type::text},
        {"chosen_epoch", Type::integer},
        {"epochs", Type::integer},
        {"parameters", Type::integer},
        {"encoding_parameters", Type::integer},
        {"seconds", Type::real},
        {"seconds_train", Type::real},
        {"seconds_per_epoch", Type::real},
        {"seconds_evaluate", Type::real},
        {"memory_peak_bytes", Type::integer},
        {"attempts", Type::integer},
        {"started", Type::text},
        {"finished", Type::text},
        {"host", Type::text},
        {"source_commit", Type::text},
        {"compiler", Type::text},
        {"flags", Type::text},
        {"libtorch", Type::text},
        {"blas", Type::text},
        {"cpu", Type::text},
        {"threads", Type::integer}}},
      {"setting", 2, {trial, {"key", Type::text}, {"value", Type::any}}},
      {"metric", 2, {trial, name, value, {"chance", Type::real}}},
      {"baseline_metric", 3, {trial, {"baseline", Type::text}, name, value}},
      {"epoch",
       2,
       {trial,
        {"epoch", Type::integer},
        {"loss", Type::real},
        {"gradient_norm", Type::real},
        {"oscillation", Type::real},
        {"encoding_gradient", Type::real}}},
      {"epoch_metric", 3, {trial, {"epoch", Type::integer}, name, value}},
      {"ranked_set",
       3,
       {trial,
        {"candidates", Type::text},
        {"epoch", Type::integer},
        {"measures", Type::text},
        {"ties", Type::text},
        {"lists", Type::text}}},
      {"rank",
       4,
       {trial,
        {"candidates", Type::text},
        {"epoch", Type::integer},
        {"user", Type::integer},
        {"better", Type::integer},
        {"tied", Type::integer},
        {"pool", Type::integer}}},
      {"recommendation",
       3,
       {trial, {"user", Type::integer}, {"place", Type::integer}, {"item", Type::integer}}},
  };
  return all;
}

}  // namespace pebench::exporting
