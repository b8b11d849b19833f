!> Positional encodings for pebench, written in Fortran.
!>
!> Extend encoder_t, write create() and those hooks that the encoding needs (pebench_encoder lists them), compute with
!> tensor_t, and end with a function peb_plugin_v1 that calls add_encoder() once per encoder and returns
!> plugin_of(host).
module pebench
  use, intrinsic :: iso_c_binding, only: c_ptr
  use pebench_raw
  use pebench_tensor, only: concat, einsum, embedding, parameter_t, pass_t, stack, tensor_t
  use pebench_operators
  use pebench_custom, only: callback_t, custom_t, describe_like, elements, is_double, is_single, operation_t, &
    view_shape, wanted
  use pebench_encoder
  use pebench_border, only: add_encoder, plugin_of
  implicit none
  public
end module
