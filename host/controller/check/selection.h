#pragma once

#include <string>
#include <vector>

#include "host/contract/check_catalogue.h"

namespace pebench::check {

/// The rows whose id begins with one of `words` ("life", "library.loads"), in the order of the catalogue; all
/// of them if there is no word. Throws base::InputError, with what may have been meant, for a word that no id
/// begins with.
std::vector<const Row*> select_rows(const std::vector<std::string>& words,
                                    const std::vector<Row>& rows = catalogue());

}  // namespace pebench::check
