#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace pebench::contract {

/// [model]: the backbone.
struct ModelSettings {
  std::int64_t width = 90;  ///< d
  std::int64_t heads = 1;   ///< H
  std::int64_t blocks = 3;
  std::int64_t max_len = 75;  ///< L
  double dropout = 0.5;
  std::string activation = "leaky_relu";       ///< leaky_relu | silu | relu | gelu
  std::string normalization = "layer";         ///< layer | rms | none
  std::string encoder_residual = "mul";        ///< mul | add
  std::string decoder_residual = "mul";        ///< mul | add | none
  std::optional<double> item_max_norm = 1e-4;  ///< none for no limit (`inf` in the suite)
  double item_norm_type = 2.0;                 ///< p of the norm
};

/// [protocol]: what is measured. The values here are the preset "clean"; docs/protocol.md, The switches, says
/// why each matters.
struct ProtocolSettings {
  std::string attention = "full";           ///< full | causal
  std::string candidate_position = "next";  ///< next | index
  std::vector<std::string> candidates = {"full", "uniform:100", "popular:100"};
  std::string evaluation_set = "frozen";       ///< frozen | redrawn
  std::string exclude_seen = "history";        ///< history | train | none
  std::string ties = "expected";               ///< expected | first_wins
  std::string selection = "best_validation";   ///< best_validation | max_test
  std::string context_at_evaluation = "real";  ///< real | truncated
  double week_scale = 53.0;
  bool leaky_relu_is_identity = false;
  bool feed_forward_twice = false;
  bool softmax_twice = false;
  std::string rotate_positions = "event";  ///< event | batch_row
  std::string epoch = "every_user";        ///< every_user | draws
  std::string loss = "logits";             ///< logits | probabilities
  bool encode_cross_attention = false;
  bool context_at_target = true;
};

/// [train]
struct TrainSettings {
  std::int64_t epochs = 200;       ///< 0: the untrained model is evaluated
  std::int64_t batch = 256;        ///< users per step
  std::string optimizer = "adam";  ///< adam
  double lr = 1e-4;
  std::string schedule = "constant";  ///< constant | warmup_linear
  std::int64_t warmup_steps = 300;
  double l2_item = 0.0;        ///< on the item embedding only
  std::int64_t patience = 10;  ///< validations without improvement before stopping
  std::string select = "valid.uniform:100.ndcg@10";
  std::string device = "cpu";   ///< cpu | cuda:N
  std::int64_t threads = 1;     ///< per trial
  std::string engine = "fast";  ///< fast | plain
};

/// [eval]
struct EvalSettings {
  std::vector<std::int64_t> k = {5, 10, 20};
  std::int64_t validation_users = 2000;  ///< size of the frozen validation sample
  std::string split = "leave_one_out";   ///< leave_one_out | global_time
};

/// Everything of a suite that a sweep may vary and a trial depends on.
struct Settings {
  ModelSettings model;
  ProtocolSettings protocol;
  TrainSettings train;
  EvalSettings eval;
};

void to_json(nlohmann::json& json, const Settings& settings);
/// Throws nlohmann::json::exception when a key is missing or of another type.
void from_json(const nlohmann::json& json, Settings& settings);

}  // namespace pebench::contract
