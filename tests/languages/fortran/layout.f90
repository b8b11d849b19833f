!> Prints what the Fortran bindings lay out, in the form of tests/abi/layout.c.
program layout
  use, intrinsic :: iso_c_binding, only: c_intptr_t, c_loc, c_ptr, c_sizeof
  use pebench_raw
  implicit none

  type(peb_view), target :: view_
  type(peb_custom), target :: custom_
  type(peb_ops), target :: ops_
  type(peb_param_desc), target :: param_desc_
  type(peb_option), target :: option_
  type(peb_value), target :: value_
  type(peb_config), target :: config_
  type(peb_sequence), target :: sequence_
  type(peb_site), target :: site_
  type(peb_host), target :: host_
  type(peb_encoder), target :: encoder_
  type(peb_plugin), target :: plugin_
  integer(peb_tensor) :: tensor_
  integer(peb_param) :: param_
  integer(peb_status) :: status_

  print "(a, i0, a)", "SIZE(peb_tensor, ", c_sizeof(tensor_), ");"
  print "(a, i0, a)", "SIZE(peb_param, ", c_sizeof(param_), ");"
  print "(a, i0, a)", "SIZE(peb_status, ", c_sizeof(status_), ");"

  print "(a, i0, a)", "SIZE(peb_view, ", c_sizeof(view_), ");"
  call place("peb_view, data", c_loc(view_), c_loc(view_%data))
  call place("peb_view, device_type", c_loc(view_), c_loc(view_%device_type))
  call place("peb_view, device_id", c_loc(view_), c_loc(view_%device_id))
  call place("peb_view, ndim", c_loc(view_), c_loc(view_%ndim))
  call place("peb_view, code", c_loc(view_), c_loc(view_%code))
  call place("peb_view, bits", c_loc(view_), c_loc(view_%bits))
  call place("peb_view, lanes", c_loc(view_), c_loc(view_%lanes))
  call place("peb_view, shape", c_loc(view_), c_loc(view_%shape))
  call place("peb_view, strides", c_loc(view_), c_loc(view_%strides))
  call place("peb_view, byte_offset", c_loc(view_), c_loc(view_%byte_offset))

  print "(a, i0, a)", "SIZE(peb_custom, ", c_sizeof(custom_), ");"
  call place("peb_custom, struct_size", c_loc(custom_), c_loc(custom_%struct_size))
  call place("peb_custom, flags", c_loc(custom_), c_loc(custom_%flags))
  call place("peb_custom, name", c_loc(custom_), c_loc(custom_%name))
  call place("peb_custom, user", c_loc(custom_), c_loc(custom_%user))
  call place("peb_custom, infer", c_loc(custom_), c_loc(custom_%infer))
  call place("peb_custom, forward", c_loc(custom_), c_loc(custom_%forward))
  call place("peb_custom, backward", c_loc(custom_), c_loc(custom_%backward))

  print "(a, i0, a)", "SIZE(peb_ops, ", c_sizeof(ops_), ");"
  call place("peb_ops, struct_size", c_loc(ops_), c_loc(ops_%struct_size))
  call place("peb_ops, abi_minor", c_loc(ops_), c_loc(ops_%abi_minor))
  call place("peb_ops, status", c_loc(ops_), c_loc(ops_%status))
  call place("peb_ops, fail", c_loc(ops_), c_loc(ops_%fail))
  call place("peb_ops, shape", c_loc(ops_), c_loc(ops_%shape))
  call place("peb_ops, dtype", c_loc(ops_), c_loc(ops_%dtype))
  call place("peb_ops, release", c_loc(ops_), c_loc(ops_%release))
  call place("peb_ops, parameter", c_loc(ops_), c_loc(ops_%parameter))
  call place("peb_ops, constant", c_loc(ops_), c_loc(ops_%constant))
  call place("peb_ops, full", c_loc(ops_), c_loc(ops_%full))
  call place("peb_ops, arange", c_loc(ops_), c_loc(ops_%arange))
  call place("peb_ops, cast", c_loc(ops_), c_loc(ops_%cast))
  call place("peb_ops, detach", c_loc(ops_), c_loc(ops_%detach))
  call place("peb_ops, unary", c_loc(ops_), c_loc(ops_%unary))
  call place("peb_ops, binary", c_loc(ops_), c_loc(ops_%binary))
  call place("peb_ops, scalar", c_loc(ops_), c_loc(ops_%scalar))
  call place("peb_ops, along", c_loc(ops_), c_loc(ops_%along))
  call place("peb_ops, choose", c_loc(ops_), c_loc(ops_%choose))
  call place("peb_ops, clamp", c_loc(ops_), c_loc(ops_%clamp))
  call place("peb_ops, matmul", c_loc(ops_), c_loc(ops_%matmul))
  call place("peb_ops, einsum", c_loc(ops_), c_loc(ops_%einsum))
  call place("peb_ops, embedding", c_loc(ops_), c_loc(ops_%embedding))
  call place("peb_ops, gather", c_loc(ops_), c_loc(ops_%gather))
  call place("peb_ops, scatter_add", c_loc(ops_), c_loc(ops_%scatter_add))
  call place("peb_ops, reshape", c_loc(ops_), c_loc(ops_%reshape))
  call place("peb_ops, permute", c_loc(ops_), c_loc(ops_%permute))
  call place("peb_ops, expand", c_loc(ops_), c_loc(ops_%expand))
  call place("peb_ops, slice", c_loc(ops_), c_loc(ops_%slice))
  call place("peb_ops, concat", c_loc(ops_), c_loc(ops_%concat))
  call place("peb_ops, dropout", c_loc(ops_), c_loc(ops_%dropout))
  call place("peb_ops, normal", c_loc(ops_), c_loc(ops_%normal))
  call place("peb_ops, custom", c_loc(ops_), c_loc(ops_%custom))

  print "(a, i0, a)", "SIZE(peb_param_desc, ", c_sizeof(param_desc_), ");"
  call place("peb_param_desc, struct_size", c_loc(param_desc_), c_loc(param_desc_%struct_size))
  call place("peb_param_desc, flags", c_loc(param_desc_), c_loc(param_desc_%flags))
  call place("peb_param_desc, name", c_loc(param_desc_), c_loc(param_desc_%name))
  call place("peb_param_desc, dims", c_loc(param_desc_), c_loc(param_desc_%dims))
  call place("peb_param_desc, data", c_loc(param_desc_), c_loc(param_desc_%data))
  call place("peb_param_desc, a", c_loc(param_desc_), c_loc(param_desc_%a))
  call place("peb_param_desc, b", c_loc(param_desc_), c_loc(param_desc_%b))
  call place("peb_param_desc, ndim", c_loc(param_desc_), c_loc(param_desc_%ndim))
  call place("peb_param_desc, init", c_loc(param_desc_), c_loc(param_desc_%init))

  print "(a, i0, a)", "SIZE(peb_option, ", c_sizeof(option_), ");"
  call place("peb_option, key", c_loc(option_), c_loc(option_%key))
  call place("peb_option, help", c_loc(option_), c_loc(option_%help))
  call place("peb_option, choices", c_loc(option_), c_loc(option_%choices))
  call place("peb_option, text", c_loc(option_), c_loc(option_%text))
  call place("peb_option, def", c_loc(option_), c_loc(option_%def))
  call place("peb_option, min", c_loc(option_), c_loc(option_%min))
  call place("peb_option, max", c_loc(option_), c_loc(option_%max))
  call place("peb_option, kind", c_loc(option_), c_loc(option_%kind))
  call place("peb_option, flags", c_loc(option_), c_loc(option_%flags))

  print "(a, i0, a)", "SIZE(peb_value, ", c_sizeof(value_), ");"
  call place("peb_value, num", c_loc(value_), c_loc(value_%num))
  call place("peb_value, str", c_loc(value_), c_loc(value_%str))

  print "(a, i0, a)", "SIZE(peb_config, ", c_sizeof(config_), ");"
  call place("peb_config, struct_size", c_loc(config_), c_loc(config_%struct_size))
  call place("peb_config, n_layers", c_loc(config_), c_loc(config_%n_layers))
  call place("peb_config, n_sites", c_loc(config_), c_loc(config_%n_sites))
  call place("peb_config, n_heads", c_loc(config_), c_loc(config_%n_heads))
  call place("peb_config, d_model", c_loc(config_), c_loc(config_%d_model))
  call place("peb_config, d_head", c_loc(config_), c_loc(config_%d_head))
  call place("peb_config, max_len", c_loc(config_), c_loc(config_%max_len))
  call place("peb_config, n_positions", c_loc(config_), c_loc(config_%n_positions))

  print "(a, i0, a)", "SIZE(peb_sequence, ", c_sizeof(sequence_), ");"
  call place("peb_sequence, struct_size", c_loc(sequence_), c_loc(sequence_%struct_size))
  call place("peb_sequence, role", c_loc(sequence_), c_loc(sequence_%role))
  call place("peb_sequence, flags", c_loc(sequence_), c_loc(sequence_%flags))
  call place("peb_sequence, reserved", c_loc(sequence_), c_loc(sequence_%reserved))
  call place("peb_sequence, batch", c_loc(sequence_), c_loc(sequence_%batch))
  call place("peb_sequence, length", c_loc(sequence_), c_loc(sequence_%length))
  call place("peb_sequence, width", c_loc(sequence_), c_loc(sequence_%width))
  call place("peb_sequence, position", c_loc(sequence_), c_loc(sequence_%position))
  call place("peb_sequence, time", c_loc(sequence_), c_loc(sequence_%time))
  call place("peb_sequence, mask", c_loc(sequence_), c_loc(sequence_%mask))

  print "(a, i0, a)", "SIZE(peb_site, ", c_sizeof(site_), ");"
  call place("peb_site, struct_size", c_loc(site_), c_loc(site_%struct_size))
  call place("peb_site, kind", c_loc(site_), c_loc(site_%kind))
  call place("peb_site, layer", c_loc(site_), c_loc(site_%layer))
  call place("peb_site, flags", c_loc(site_), c_loc(site_%flags))
  call place("peb_site, batch", c_loc(site_), c_loc(site_%batch))
  call place("peb_site, heads", c_loc(site_), c_loc(site_%heads))
  call place("peb_site, queries", c_loc(site_), c_loc(site_%queries))
  call place("peb_site, keys", c_loc(site_), c_loc(site_%keys))
  call place("peb_site, head_width", c_loc(site_), c_loc(site_%head_width))
  call place("peb_site, scale", c_loc(site_), c_loc(site_%scale))
  call place("peb_site, q", c_loc(site_), c_loc(site_%q))
  call place("peb_site, k", c_loc(site_), c_loc(site_%k))
  call place("peb_site, v", c_loc(site_), c_loc(site_%v))
  call place("peb_site, query_position", c_loc(site_), c_loc(site_%query_position))
  call place("peb_site, key_position", c_loc(site_), c_loc(site_%key_position))
  call place("peb_site, query_time", c_loc(site_), c_loc(site_%query_time))
  call place("peb_site, key_time", c_loc(site_), c_loc(site_%key_time))
  call place("peb_site, visible", c_loc(site_), c_loc(site_%visible))
  call place("peb_site, logits", c_loc(site_), c_loc(site_%logits))
  call place("peb_site, probs", c_loc(site_), c_loc(site_%probs))
  call place("peb_site, query_hidden", c_loc(site_), c_loc(site_%query_hidden))
  call place("peb_site, key_hidden", c_loc(site_), c_loc(site_%key_hidden))

  print "(a, i0, a)", "SIZE(peb_host, ", c_sizeof(host_), ");"
  call place("peb_host, struct_size", c_loc(host_), c_loc(host_%struct_size))
  call place("peb_host, abi_minor", c_loc(host_), c_loc(host_%abi_minor))
  call place("peb_host, name", c_loc(host_), c_loc(host_%name))
  call place("peb_host, version", c_loc(host_), c_loc(host_%version))
  call place("peb_host, ops", c_loc(host_), c_loc(host_%ops))
  call place("peb_host, declare", c_loc(host_), c_loc(host_%declare))
  call place("peb_host, log", c_loc(host_), c_loc(host_%log))
  call place("peb_host, extension", c_loc(host_), c_loc(host_%extension))

  print "(a, i0, a)", "SIZE(peb_encoder, ", c_sizeof(encoder_), ");"
  call place("peb_encoder, struct_size", c_loc(encoder_), c_loc(encoder_%struct_size))
  call place("peb_encoder, flags", c_loc(encoder_), c_loc(encoder_%flags))
  call place("peb_encoder, id", c_loc(encoder_), c_loc(encoder_%id))
  call place("peb_encoder, name", c_loc(encoder_), c_loc(encoder_%name))
  call place("peb_encoder, version", c_loc(encoder_), c_loc(encoder_%version))
  call place("peb_encoder, cite", c_loc(encoder_), c_loc(encoder_%cite))
  call place("peb_encoder, options", c_loc(encoder_), c_loc(encoder_%options))
  call place("peb_encoder, n_options", c_loc(encoder_), c_loc(encoder_%n_options))
  call place("peb_encoder, option_size", c_loc(encoder_), c_loc(encoder_%option_size))
  call place("peb_encoder, create", c_loc(encoder_), c_loc(encoder_%create))
  call place("peb_encoder, destroy", c_loc(encoder_), c_loc(encoder_%destroy))
  call place("peb_encoder, begin", c_loc(encoder_), c_loc(encoder_%begin))
  call place("peb_encoder, input", c_loc(encoder_), c_loc(encoder_%input))
  call place("peb_encoder, rotate", c_loc(encoder_), c_loc(encoder_%rotate))
  call place("peb_encoder, bias", c_loc(encoder_), c_loc(encoder_%bias))
  call place("peb_encoder, value", c_loc(encoder_), c_loc(encoder_%value))
  call place("peb_encoder, output", c_loc(encoder_), c_loc(encoder_%output))

  print "(a, i0, a)", "SIZE(peb_plugin, ", c_sizeof(plugin_), ");"
  call place("peb_plugin, struct_size", c_loc(plugin_), c_loc(plugin_%struct_size))
  call place("peb_plugin, abi_minor", c_loc(plugin_), c_loc(plugin_%abi_minor))
  call place("peb_plugin, min_minor", c_loc(plugin_), c_loc(plugin_%min_minor))
  call place("peb_plugin, n_encoders", c_loc(plugin_), c_loc(plugin_%n_encoders))
  call place("peb_plugin, encoders", c_loc(plugin_), c_loc(plugin_%encoders))
  call place("peb_plugin, extension", c_loc(plugin_), c_loc(plugin_%extension))

  print "(a, i0, a)", "CODE(PEB_OK, ", PEB_OK, ");"
  print "(a, i0, a)", "CODE(PEB_E_INVALID, ", PEB_E_INVALID, ");"
  print "(a, i0, a)", "CODE(PEB_E_UNSUPPORTED, ", PEB_E_UNSUPPORTED, ");"
  print "(a, i0, a)", "CODE(PEB_E_INTERNAL, ", PEB_E_INTERNAL, ");"
  print "(a, i0, a)", "CODE(PEB_F16, ", PEB_F16, ");"
  print "(a, i0, a)", "CODE(PEB_BF16, ", PEB_BF16, ");"
  print "(a, i0, a)", "CODE(PEB_F32, ", PEB_F32, ");"
  print "(a, i0, a)", "CODE(PEB_F64, ", PEB_F64, ");"
  print "(a, i0, a)", "CODE(PEB_I64, ", PEB_I64, ");"
  print "(a, i0, a)", "CODE(PEB_BOOL, ", PEB_BOOL, ");"
  print "(a, i0, a)", "CODE(PEB_MODEL, ", PEB_MODEL, ");"
  print "(a, i0, a)", "CODE(PEB_NEG, ", PEB_NEG, ");"
  print "(a, i0, a)", "CODE(PEB_ABS, ", PEB_ABS, ");"
  print "(a, i0, a)", "CODE(PEB_EXP, ", PEB_EXP, ");"
  print "(a, i0, a)", "CODE(PEB_LOG, ", PEB_LOG, ");"
  print "(a, i0, a)", "CODE(PEB_SIN, ", PEB_SIN, ");"
  print "(a, i0, a)", "CODE(PEB_COS, ", PEB_COS, ");"
  print "(a, i0, a)", "CODE(PEB_SQRT, ", PEB_SQRT, ");"
  print "(a, i0, a)", "CODE(PEB_TANH, ", PEB_TANH, ");"
  print "(a, i0, a)", "CODE(PEB_SIGMOID, ", PEB_SIGMOID, ");"
  print "(a, i0, a)", "CODE(PEB_RELU, ", PEB_RELU, ");"
  print "(a, i0, a)", "CODE(PEB_SOFTPLUS, ", PEB_SOFTPLUS, ");"
  print "(a, i0, a)", "CODE(PEB_FLOOR, ", PEB_FLOOR, ");"
  print "(a, i0, a)", "CODE(PEB_CEIL, ", PEB_CEIL, ");"
  print "(a, i0, a)", "CODE(PEB_SIGN, ", PEB_SIGN, ");"
  print "(a, i0, a)", "CODE(PEB_ADD, ", PEB_ADD, ");"
  print "(a, i0, a)", "CODE(PEB_SUB, ", PEB_SUB, ");"
  print "(a, i0, a)", "CODE(PEB_MUL, ", PEB_MUL, ");"
  print "(a, i0, a)", "CODE(PEB_DIV, ", PEB_DIV, ");"
  print "(a, i0, a)", "CODE(PEB_POW, ", PEB_POW, ");"
  print "(a, i0, a)", "CODE(PEB_MIN, ", PEB_MIN, ");"
  print "(a, i0, a)", "CODE(PEB_MAX, ", PEB_MAX, ");"
  print "(a, i0, a)", "CODE(PEB_LT, ", PEB_LT, ");"
  print "(a, i0, a)", "CODE(PEB_LE, ", PEB_LE, ");"
  print "(a, i0, a)", "CODE(PEB_EQ, ", PEB_EQ, ");"
  print "(a, i0, a)", "CODE(PEB_SUM, ", PEB_SUM, ");"
  print "(a, i0, a)", "CODE(PEB_MEAN, ", PEB_MEAN, ");"
  print "(a, i0, a)", "CODE(PEB_AMAX, ", PEB_AMAX, ");"
  print "(a, i0, a)", "CODE(PEB_CUMSUM, ", PEB_CUMSUM, ");"
  print "(a, i0, a)", "CODE(PEB_SOFTMAX, ", PEB_SOFTMAX, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_INT, ", PEB_OPT_INT, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_REAL, ", PEB_OPT_REAL, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_BOOL, ", PEB_OPT_BOOL, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_ENUM, ", PEB_OPT_ENUM, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_STRING, ", PEB_OPT_STRING, ");"
  print "(a, i0, a)", "CODE(PEB_OPT_FILE, ", PEB_OPT_FILE, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_ZERO, ", PEB_INIT_ZERO, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_CONST, ", PEB_INIT_CONST, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_NORMAL, ", PEB_INIT_NORMAL, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_TRUNC_NORMAL, ", PEB_INIT_TRUNC_NORMAL, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_UNIFORM, ", PEB_INIT_UNIFORM, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_XAVIER, ", PEB_INIT_XAVIER, ");"
  print "(a, i0, a)", "CODE(PEB_INIT_DATA, ", PEB_INIT_DATA, ");"
  print "(a, i0, a)", "CODE(PEB_PARAM_FROZEN, ", PEB_PARAM_FROZEN, ");"
  print "(a, i0, a)", "CODE(PEB_PARAM_NO_DECAY, ", PEB_PARAM_NO_DECAY, ");"
  print "(a, i0, a)", "CODE(PEB_SELF, ", PEB_SELF, ");"
  print "(a, i0, a)", "CODE(PEB_CROSS, ", PEB_CROSS, ");"
  print "(a, i0, a)", "CODE(PEB_PROFILE, ", PEB_PROFILE, ");"
  print "(a, i0, a)", "CODE(PEB_CANDIDATES, ", PEB_CANDIDATES, ");"
  print "(a, i0, a)", "CODE(PEB_CAUSAL, ", PEB_CAUSAL, ");"
  print "(a, i0, a)", "CODE(PEB_TRAINING, ", PEB_TRAINING, ");"
  print "(a, i0, a)", "CODE(PEB_NEED_TIME, ", PEB_NEED_TIME, ");"
  print "(a, i0, a)", "CODE(PEB_NEED_LOGITS, ", PEB_NEED_LOGITS, ");"
  print "(a, i0, a)", "CODE(PEB_NEED_PROBS, ", PEB_NEED_PROBS, ");"
  print "(a, i0, a)", "CODE(PEB_NEED_HIDDEN, ", PEB_NEED_HIDDEN, ");"
  print "(a, i0, a)", "CODE(PEB_IS_SHIFT_INVARIANT, ", PEB_IS_SHIFT_INVARIANT, ");"
  print "(a, i0, a)", "CODE(PEB_IS_EXTRAPOLATING, ", PEB_IS_EXTRAPOLATING, ");"
  print "(a, i0, a)", "CODE(PEB_IS_NULL, ", PEB_IS_NULL, ");"
  print "(a, i0, a)", "CODE(PEB_IS_AFFINE_INPUT, ", PEB_IS_AFFINE_INPUT, ");"
  print "(a, i0, a)", "CODE(PEB_IS_CAUSAL, ", PEB_IS_CAUSAL, ");"
  print "(a, i0, a)", "CODE(PEB_CUSTOM_CUDA, ", PEB_CUSTOM_CUDA, ");"
  print "(a, i0, a)", "CODE(PEB_CUSTOM_STRIDED, ", PEB_CUSTOM_STRIDED, ");"

contains

  subroutine place(what, base, member)
    character(*), intent(in) :: what
    type(c_ptr), intent(in) :: base, member

    print "(3a, i0, a)", "PLACE(", what, ", ", transfer(member, 0_c_intptr_t) - transfer(base, 0_c_intptr_t), ");"
  end subroutine

end program
