#include "host/controller/order/finding_json.h"

namespace pebench::order {
namespace {

nlohmann::json json_of(const Guess& guess) {
  nlohmann::json json = {{"newest_events", guess.events},
                         {"hr@10", guess.hr},
                         {"hr@10_shuffled", guess.hr_shuffled},
                         {"ndcg@10", guess.ndcg},
                         {"ndcg@10_shuffled", guess.ndcg_shuffled},
                         {"difference", guess.difference},
                         {"interval", {guess.interval.low, guess.interval.high}},
                         {"p", guess.p},
                         {"detectable", guess.detectable},
                         {"margin", guess.margin}};
  if (guess.file)
    json["file_order"] = {{"ndcg@10_ties_shuffled", guess.file->ndcg},
                          {"difference", guess.file->difference},
                          {"p", guess.file->p},
                          {"p_of_the_rest", guess.file->p_of_the_rest}};
  return json;
}

Guess guess_in(const nlohmann::json& json) {
  Guess guess;
  json.at("newest_events").get_to(guess.events);
  json.at("hr@10").get_to(guess.hr);
  json.at("hr@10_shuffled").get_to(guess.hr_shuffled);
  json.at("ndcg@10").get_to(guess.ndcg);
  json.at("ndcg@10_shuffled").get_to(guess.ndcg_shuffled);
  json.at("difference").get_to(guess.difference);
  json.at("interval").at(0).get_to(guess.interval.low);
  json.at("interval").at(1).get_to(guess.interval.high);
  json.at("p").get_to(guess.p);
  json.at("detectable").get_to(guess.detectable);
  json.at("margin").get_to(guess.margin);
  if (json.contains("file_order")) {
    const auto& file = json["file_order"];
    guess.file = FileOrder{file.at("ndcg@10_ties_shuffled"), file.at("difference"), file.at("p"),
                           file.at("p_of_the_rest")};
  }
  return guess;
}

}  // namespace

void to_json(nlohmann::json& json, const Finding& finding) {
  json = {{"verdict", word_of(finding.verdict)},     {"users_ranked", finding.users},
          {"users_with_a_target", finding.users_of}, {"events_counted", finding.events},
          {"all_users_counted", finding.complete},   {"shuffles", finding.shuffles},
          {"profile_excluded", finding.excluded},    {"share_tied_events", finding.share_tied},
          {"guesses", nlohmann::json::array()}};
  for (const Guess& guess : finding.guesses) json["guesses"].push_back(json_of(guess));
}

void from_json(const nlohmann::json& json, Finding& finding) {
  finding.verdict = verdict_of(json.at("verdict").get<std::string>());
  json.at("users_ranked").get_to(finding.users);
  json.at("users_with_a_target").get_to(finding.users_of);
  json.at("events_counted").get_to(finding.events);
  json.at("all_users_counted").get_to(finding.complete);
  json.at("shuffles").get_to(finding.shuffles);
  json.at("profile_excluded").get_to(finding.excluded);
  json.at("share_tied_events").get_to(finding.share_tied);
  finding.guesses.clear();
  for (const auto& guess : json.at("guesses")) finding.guesses.push_back(guess_in(guess));
}

}  // namespace pebench::order
