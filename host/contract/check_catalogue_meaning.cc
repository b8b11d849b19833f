#include "host/contract/check_catalogue.h"

namespace pebench::check {

std::vector<Row> meaning_rows() {
  using namespace std::chrono_literals;
  return {
      {"meaning.batch", "A row of the batch comes out the same alone and among others", 60s},
      {"meaning.padding", "What stands in padding, and how much there is, is nothing to real events", 60s},
      {"meaning.candidates", "Candidates at one position come out the same in any order", 60s},
      {"meaning.candidate_alone", "A candidate comes out the same alone and among others", 60s},
      {"meaning.causal", "Under PEB_CAUSAL later slots change nothing for earlier ones", 60s},
      {"meaning.visible", "Keys that a query may not see change nothing for it", 60s},
      {"meaning.hidden", "Hidden keys weigh 0 and count for nothing under biases of -1e30 and -inf", 60s},
      {"meaning.position", "Positions matter, unless it is the control, a temperature or goes by time", 60s},
      {"meaning.rotation", "rotate() cancels in q.k where a query and a key stand at one place", 60s},
      {"meaning.broadcast", "Positions and visibility given once equal those given for every row", 60s},
      {"meaning.shift_invariant", "PEB_IS_SHIFT_INVARIANT: adding to all positions changes nothing", 60s},
      {"meaning.extrapolating", "PEB_IS_EXTRAPOLATING: positions up to four times max_len work", 60s},
      {"meaning.time", "PEB_NEED_TIME: times change something, and nothing without it", 60s},
      {"meaning.hidden_states", "PEB_NEED_HIDDEN: hidden states change something", 60s},
      {"meaning.null", "PEB_IS_NULL: no hook changes anything", 60s},
      {"meaning.affine_input", "PEB_IS_AFFINE_INPUT: input() is affine in x", 60s},
      {"meaning.training", "Training differs from evaluation in the host's dropout and noise alone", 60s},
  };
}

}  // namespace pebench::check
