#pragma once

#include <filesystem>
#include <string>

#include "host/controller/tune/search.h"

namespace pebench::tune {

/// The text of a suite in which every [[encoding]] has the settings and options it did best with, and which
/// is otherwise the one that was tuned, without its [tune]: it begins with `command` and what came out, then
/// the comment that the suite begins with. Paths that were relative to the suite are made absolute where the
/// text is to lie in another `folder`.
std::string tuned_suite(const Subject& subject, const Search& search, const std::string& command,
                        const std::filesystem::path& folder);

}  // namespace pebench::tune
