#pragma once

#include <map>
#include <stdexcept>
#include <string>

namespace pebench::backbone {

/// What a setting's word stands for. Suites and trials hold no words but those of settings.def.
template <class Choice>
Choice choose(const std::string& word, const std::map<std::string, Choice>& choices) {
  const auto chosen = choices.find(word);
  if (chosen == choices.end()) throw std::logic_error("no choice of the backbone is called " + word);
  return chosen->second;
}

}  // namespace pebench::backbone
