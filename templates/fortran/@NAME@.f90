!> Learned absolute positions: y = x + table[position].
module @NAME@
  use pebench
  implicit none

  type, extends(encoder_t) :: @NAME@_t
    type(parameter_t) :: table  ! [n_positions, D]
  contains
    procedure :: create, input
  end type

contains

  subroutine create(self, build, config, values)
    class(@NAME@_t), intent(inout) :: self
    type(build_t), intent(inout) :: build
    type(config_t), intent(in) :: config
    type(values_t), intent(in) :: values

    self%table = build%normal("table", [config%n_positions, config%d_model], values%real("init_std"))
  end subroutine

  !> x [B, L, D] -> [B, L, D]
  subroutine input(self, sequence, x)
    class(@NAME@_t), intent(in) :: self
    type(sequence_t), intent(in) :: sequence
    type(tensor_t), intent(inout) :: x

    x = x + embedding(self%table, sequence%position)
  end subroutine

end module

! The other hooks are begin, rotate, bias, value and output, with the arguments of pebench_encoder.f90: add them to the type
! and to `hooks`. The text after the version is the paper, "arXiv:...". Flags are claims that `pebench check` puts to the test.
function peb_plugin_v1(host) bind(C) result(plugin)
  use @NAME@
  implicit none
  type(c_ptr), value :: host
  type(c_ptr) :: plugin

  call add_encoder(@NAME@_t(), "@NAME@", "0.1.0", "", hooks="input", flags=PEB_IS_AFFINE_INPUT, options=[ &
                   real_option("init_std", 0.02d0, 0d0, 10d0, "standard deviation of the initial table")])
  plugin = plugin_of(host)
end function
