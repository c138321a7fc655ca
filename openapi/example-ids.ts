/** The ids of what the examples tell of. */
export const ids = {
  product: '01KB0V3Q6ZK4T6XW9C8M5R2N7D',
  category: '01KB0V2H4MHC0E3Z5J7QY9S1TA',
  parent: '01KB0V1C8XWB5N2D6RT0GJ4EKF',
  user: 'b3a4c852-7091-70f5-1a2e-3c0d5be3a1f7',
  image: '01KB0V5T3DN8Y0QJ6WZ1R4M9CE',
  request: 'UQb8ohVpliAEPBA=',
};
