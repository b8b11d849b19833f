!> Attention with linear biases: Press, Smith and Lewis 2022, "Train short, test long: attention with linear biases
!> enables input length extrapolation", arXiv:2108.12409, section 3.
!>
!>   bias_hij = -m_h |i - j|        i query, j key, h head
!>
!> The paper attends to the past alone, where |i - j| = i - j.
module alibi_fortran
  use pebench
  implicit none

  type, extends(encoder_t) :: alibi_t
    real(real64), allocatable :: slopes(:)  ! [H]
  contains
    procedure :: create, bias
  end type

contains

  subroutine create(self, build, config, values)
    class(alibi_t), intent(inout) :: self
    type(build_t), intent(inout) :: build
    type(config_t), intent(in) :: config
    type(values_t), intent(in) :: values

    self%slopes = slopes_of(config%n_heads)
  end subroutine

  !> -> [1 or B, H, Lq, Lk]
  subroutine bias(self, site, added)
    class(alibi_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: added
    type(tensor_t) :: distance

    distance = abs(site%relative_position())
    added = -(site%pass%constant(self%slopes, [site%heads, 1, 1]) * distance%cast(PEB_MODEL))
  end subroutine

  !> The slopes m of the authors' get_slopes: 2^(-8/n), 2^(-16/n), ... for n heads if n is a power of two; otherwise those
  !> of the next smaller power, and then every other one of the next larger.
  pure function slopes_of(heads) result(slopes)
    integer, intent(in) :: heads
    real(real64), allocatable :: slopes(:)
    integer :: h, power

    power = 1
    do while (2 * power <= heads)
      power = 2 * power
    end do
    slopes = [(2.0_real64**(-8.0_real64 * h / power), h=1, power), &
              (2.0_real64**(-8.0_real64 * h / (2 * power)), h=1, 2 * (heads - power), 2)]
  end function

end module

function peb_plugin_v1(host) bind(C) result(plugin)
  use alibi_fortran
  implicit none
  type(c_ptr), value :: host
  type(c_ptr) :: plugin

  call add_encoder(alibi_t(), "alibi_fortran", "1.0.0", "arXiv:2108.12409", hooks="bias", &
                   flags=ior(PEB_IS_SHIFT_INVARIANT, PEB_IS_EXTRAPOLATING), name="Attention with linear biases")
  plugin = plugin_of(host)
end function
