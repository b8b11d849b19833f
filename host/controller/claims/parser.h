#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/controller/claims/sentence.h"

namespace pebench::claims {

/// Reads a claim's `test`:
///
///     claim       = conjunction { "or" conjunction }
///     conjunction = negation { "and" negation }
///     negation    = "not" negation | comparison | "(" claim ")"
///     comparison  = sum ( "<" | "<=" | ">" | ">=" ) sum
///     sum         = product { ( "+" | "-" ) product }
///     product     = factor { ( "*" | "/" ) factor }
///     factor      = number | "-" factor | function "(" name ")" | "(" sum ")"
///     function    = "mean" | "sd" | "deviation" | "cv" | "failure_rate" | ( "hr" | "ndcg" ) [ "@" k ]
///     name        = letters, digits, "_", "-", "." | '"' anything '"'
///
/// mean, sd, deviation and cv are of the claim's metric, hr and ndcg mean the mean of hr@10 and ndcg@10 with
/// the same candidates. `encodings` are those of the suite. Throws base::InputError `column 4 of "...": ...`
/// saying what was expected there.
Sentence parse(std::string_view text, const std::vector<std::string>& encodings);

}  // namespace pebench::claims
